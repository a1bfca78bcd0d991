import type { DescribeEndpointConfigOutput, DescribeEndpointOutput } from '@aws-sdk/client-sagemaker';
import { clean, parseS3 } from './words.ts';

export type Side = 'input' | 'output';

/** How an endpoint captures: what it does now, and, of what only its configuration says, that. */
export interface Capture {
  enabled: boolean;
  stopped: boolean;
  /** s3://…, without a slash at its end. */
  destination: string;
  /** Per cent of the requests; null where neither says. */
  sampling: number | null;
  /** Null where the configuration could not be read. */
  sides: readonly Side[] | null;
  kmsKey: string | null;
  csvTypes: readonly string[];
  jsonTypes: readonly string[];
}

const SIDES: Record<string, readonly Side[]> = { Input: ['input'], Output: ['output'], InputAndOutput: ['input', 'output'] };

/** The capture settings of an endpoint; null where there are none. The endpoint's own word counts before its configuration's. */
export function captureOf(endpoint: DescribeEndpointOutput, config: DescribeEndpointConfigOutput | null): Capture | null {
  const now = endpoint.DataCaptureConfig;
  const set = config?.DataCaptureConfig;
  const destination = now?.DestinationS3Uri ?? set?.DestinationS3Uri;
  if (destination === undefined || destination === '') return null;
  const modes = set?.CaptureOptions?.flatMap(({ CaptureMode }) => SIDES[CaptureMode ?? ''] ?? []);
  return {
    enabled: now?.EnableCapture ?? set?.EnableCapture ?? true,
    stopped: now?.CaptureStatus === 'Stopped',
    destination: destination.replace(/\/+$/, ''),
    sampling: now?.CurrentSamplingPercentage ?? set?.InitialSamplingPercentage ?? null,
    sides: modes === undefined ? null : (['input', 'output'] as const).filter((side) => modes.includes(side)),
    kmsKey: now?.KmsKeyId ?? set?.KmsKeyId ?? null,
    csvTypes: set?.CaptureContentTypeHeader?.CsvContentTypes ?? [],
    jsonTypes: set?.CaptureContentTypeHeader?.JsonContentTypes ?? [],
  };
}

/** Where the captured files of an endpoint, or of one variant, are: `{destination}/{endpoint}/{variant}/`; null where it is not in S3. */
export function locationOf({ destination }: Capture, endpoint: string, variant: string | null): string | null {
  if (parseS3(destination) === null) return null;
  return `${destination}/${endpoint}/${variant === null ? '' : `${variant}/`}`;
}

/** What is captured, in a line. */
export function captureLine({ sampling, sides, csvTypes, jsonTypes }: Capture): string {
  const share = sampling === null ? 'an unknown share' : `${sampling} %`;
  const what = sides === null ? '' : `, ${sides.length === 2 ? 'input and output' : `${sides[0] ?? 'nothing'} alone`}`;
  const types = [
    ...(csvTypes.length > 0 ? [`${csvTypes.map(clean).join(', ')} as CSV`] : []),
    ...(jsonTypes.length > 0 ? [`${jsonTypes.map(clean).join(', ')} as JSON`] : []),
  ];
  const encoding = sides === null ? '' : types.length > 0 ? `; ${types.join(', ')}, other types as BASE64` : '; all types as BASE64';
  return `${share} of the requests${what}${encoding}`;
}
