import { gzipSync } from 'node:zlib';
import type { APIGatewayProxyResult } from 'aws-lambda';
import type { ApiRequest, ApiResponse } from '../../layers/quality/api/request.ts';

/** Lambda answers at most 6 MB, as text. */
const MOST_CHARACTERS = 5_800_000;
/** Below that compression costs more than it saves. */
const FEWEST_COMPRESSED = 1400;

/** An answer as API Gateway takes it: compressed where the client can read that, with an entity tag that says so. */
export function toResult({ headers: asked }: Pick<ApiRequest, 'headers'>, { status, headers, body }: ApiResponse): APIGatewayProxyResult {
  const accepts = acceptsGzip(asked['accept-encoding'] ?? '');
  if (accepts && Buffer.byteLength(body) >= FEWEST_COMPRESSED) {
    const packed = gzipSync(body).toString('base64');
    const changed: Record<string, string> = { ...headers, 'content-encoding': 'gzip' };
    if (headers.etag !== undefined) changed.etag = `W/${headers.etag}`;
    if (packed.length <= MOST_CHARACTERS) return { statusCode: status, headers: changed, body: packed, isBase64Encoded: true };
  }
  if (Buffer.byteLength(body) <= MOST_CHARACTERS) return { statusCode: status, headers, body, isBase64Encoded: false };
  const detail = accepts
    ? 'the answer is too large; read it from the data bucket'
    : 'the answer is too large as it stands: ask with Accept-Encoding: gzip';
  return problem(406, 'Not Acceptable', detail);
}

const acceptsGzip = (header: string): boolean =>
  header.split(',').some((part) => {
    const [coding, ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const weight = parameters.find((text) => text.startsWith('q='))?.slice(2);
    return (coding === 'gzip' || coding === '*') && (weight === undefined || Number(weight) > 0);
  });

/** Something nobody foresaw: who asked can only tell us when, and we find it in the log. */
export const unexpected = (requestId: string): APIGatewayProxyResult =>
  problem(500, 'Internal Server Error', `something went wrong on our side; the log has it under request ${requestId}`);

const problem = (status: number, title: string, detail: string): APIGatewayProxyResult => ({
  statusCode: status,
  headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  body: `${JSON.stringify({ type: 'about:blank', title, status, detail }, null, 2)}\n`,
  isBase64Encoded: false,
});
