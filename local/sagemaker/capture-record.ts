import type { CaptureSettings } from './capture-settings.ts';
import type { Payload } from './container.ts';

/** One request that was answered. */
export interface Invocation {
  request: Payload;
  answer: Payload;
  eventId: string;
  /** Null where the caller gave none. */
  inferenceId: string | null;
  customAttributes: string | null;
  /** Milliseconds since the epoch. */
  at: number;
}

/** The line of a capture file: one for each request, however many rows it had. Payloads are kept as they came. */
export function captureRecord(
  settings: CaptureSettings,
  { request, answer, eventId, inferenceId, customAttributes, at }: Invocation,
): string {
  return JSON.stringify({
    captureData: {
      ...(settings.input && { endpointInput: sideOf('INPUT', request, settings) }),
      ...(settings.output && { endpointOutput: sideOf('OUTPUT', answer, settings) }),
    },
    eventMetadata: {
      eventId,
      ...(customAttributes !== null && { customAttributes: [customAttributes] }),
      ...(inferenceId !== null && { inferenceId }),
      inferenceTime: `${new Date(at).toISOString().slice(0, 19)}Z`,
    },
    eventVersion: '0',
  });
}

function sideOf(mode: 'INPUT' | 'OUTPUT', { contentType, body }: Payload, settings: CaptureSettings): object {
  const encoding = encodingOf(contentType, settings);
  return { observedContentType: contentType, mode, data: body.toString(encoding === 'BASE64' ? 'base64' : 'utf8'), encoding };
}

/** A media type that the endpoint's configuration does not name is kept as BASE64. */
function encodingOf(contentType: string, { csvTypes, jsonTypes }: CaptureSettings): 'CSV' | 'JSON' | 'BASE64' {
  const type = contentType.split(';')[0]!.trim().toLowerCase();
  if (csvTypes.includes(type)) return 'CSV';
  return jsonTypes.includes(type) ? 'JSON' : 'BASE64';
}

/** `{prefix}/{endpoint}/{variant}/{yyyy}/{mm}/{dd}/{hh}/{mm-ss-millis}-{uuid}.jsonl`, by the time of the file's first record. */
export function captureKey(
  { prefix }: CaptureSettings,
  { endpoint, variant }: { endpoint: string; variant: string },
  first: number,
  uuid: string,
): string {
  const at = new Date(first).toISOString();
  const folder = at.slice(0, 13).replace(/[-T]/g, '/');
  const name = `${at.slice(14, 23).replace(/[:.]/g, '-')}-${uuid}.jsonl`;
  return [...(prefix === '' ? [] : [prefix]), endpoint, variant, folder, name].join('/');
}
