import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Store } from './store.ts';

/** Addresses that whoever has them may use for a while, with the rights of whoever made them. The presigner is loaded by the first. */
export function createPresigner({ config }: S3Client): Pick<Store, 'presignGet' | 'presignPut'> {
  const { region, credentials, endpoint, forcePathStyle } = config;
  let client: S3Client | undefined;
  const sign = async (command: GetObjectCommand | PutObjectCommand, seconds: number): Promise<string> => {
    const { getSignedUrl } = await import('@aws-sdk/s3-request-presigner');
    // By itself the SDK would sign the checksum of an empty body, and S3 then refuse every other.
    client ??= new S3Client({
      region,
      credentials,
      forcePathStyle,
      ...(endpoint && { endpoint }),
      requestChecksumCalculation: 'WHEN_REQUIRED',
    });
    const signableHeaders = new Set(['host', 'content-length']);
    return getSignedUrl(client, command, { expiresIn: seconds, signableHeaders });
  };
  return {
    presignGet: (bucket, key, seconds) => sign(new GetObjectCommand({ Bucket: bucket, Key: key }), seconds),
    presignPut: (bucket, key, bytes, seconds) => sign(new PutObjectCommand({ Bucket: bucket, Key: key, ContentLength: bytes }), seconds),
  };
}
