import { clean } from './words.ts';

/** Why S3 did not answer, with what mends it. `action` is what was needed. */
export function s3Words(error: unknown, action: 's3:GetObject' | 's3:ListBucket'): string {
  const { name, message, code, $metadata } = error as Error & { code?: string; $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode;
  if (name === 'NoSuchBucket') return 'there is no such bucket';
  if (status === 301 || name === 'PermanentRedirect')
    return 'the bucket is in another region; SageMaker captures to buckets of its own region, and events stay in theirs';
  if (status === 403 || name === 'AccessDenied')
    return `access denied (${clean(message)}); add the action ${action} to the caller's IAM policy and, if the bucket is of another account, to its bucket policy`;
  return clean(`${code ?? name}: ${message}`);
}
