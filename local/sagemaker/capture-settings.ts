/** The capture settings of an endpoint, as DescribeEndpoint and DescribeEndpointConfig have them: as much as is looked at. */
export interface CaptureDescription {
  EnableCapture?: boolean;
  CaptureStatus?: string;
  CurrentSamplingPercentage?: number;
  InitialSamplingPercentage?: number;
  DestinationS3Uri?: string;
  CaptureOptions?: { CaptureMode?: string }[];
  CaptureContentTypeHeader?: { CsvContentTypes?: string[]; JsonContentTypes?: string[] };
}

export interface CaptureSettings {
  bucket: string;
  /** Without a slash at its end; empty for the bucket itself. */
  prefix: string;
  /** Share of the requests, 0 to 1. */
  share: number;
  input: boolean;
  output: boolean;
  csvTypes: readonly string[];
  jsonTypes: readonly string[];
}

/** What an endpoint captures now; null where it captures nothing. Its own word counts before its configuration's. */
export function captureSettings(now: CaptureDescription | undefined, set: CaptureDescription | undefined): CaptureSettings | null {
  const merged = { ...set, ...now };
  const [, bucket, prefix = ''] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(merged.DestinationS3Uri ?? '') ?? [];
  if (bucket === undefined || merged.EnableCapture === false || merged.CaptureStatus === 'Stopped') return null;
  const modes = (merged.CaptureOptions ?? []).map(({ CaptureMode }) => CaptureMode);
  return {
    bucket,
    prefix: prefix.replace(/\/+$/, ''),
    share: (merged.CurrentSamplingPercentage ?? merged.InitialSamplingPercentage ?? 0) / 100,
    input: modes.includes('Input') || modes.includes('InputAndOutput'),
    output: modes.includes('Output') || modes.includes('InputAndOutput'),
    csvTypes: merged.CaptureContentTypeHeader?.CsvContentTypes ?? [],
    jsonTypes: merged.CaptureContentTypeHeader?.JsonContentTypes ?? [],
  };
}
