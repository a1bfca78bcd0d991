import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { Storage } from './storage.ts';
import { document } from './xml.ts';

/** One request, taken apart. */
export interface Call {
  storage: Storage;
  request: IncomingMessage;
  response: ServerResponse;
  headers: IncomingHttpHeaders;
  bucket: string;
  key: string;
  query: URLSearchParams;
}

export type Operation = (call: Call) => void | Promise<void>;

export const quoted = (etag: string): string => `"${etag}"`;
export const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString();

export function replyXml({ request, response }: Pick<Call, 'request' | 'response'>, status: number, name: string, content: string[]): void {
  const text = document(name, content);
  response.writeHead(status, { 'content-type': 'application/xml', 'content-length': Buffer.byteLength(text) });
  response.end(request.method === 'HEAD' ? undefined : text);
}

export function replyEmpty({ response }: Pick<Call, 'response'>, status: number, headers: Record<string, string> = {}): void {
  response.writeHead(status, status === 204 || status === 304 ? headers : { 'content-length': '0', ...headers });
  response.end();
}
