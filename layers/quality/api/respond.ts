import { createHash } from 'node:crypto';
import type { ApiRequest, ApiResponse } from './request.ts';

/** Pages have style and pictures of their own, and nothing else: no script, no other origin, no frame around them. */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const COMMON = { 'cache-control': 'private, no-cache', vary: 'Accept, Accept-Encoding', 'x-content-type-options': 'nosniff' };
const PAGE = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': PAGE_POLICY, 'referrer-policy': 'no-referrer' };

export const json = (value: unknown, status = 200, headers: Record<string, string> = {}): ApiResponse =>
  jsonText(`${JSON.stringify(value, null, 2)}\n`, status, headers);

export const jsonText = (body: string, status = 200, headers: Record<string, string> = {}): ApiResponse => ({
  status,
  headers: { ...COMMON, 'content-type': 'application/json', ...headers },
  body,
});

export const page = (body: string): ApiResponse => ({ status: 200, headers: { ...COMMON, ...PAGE }, body });

/** What is asked for is at another address. */
export const seeOther = (location: string): ApiResponse => ({
  status: 303,
  headers: { ...COMMON, 'cache-control': 'no-store', location },
  body: '',
});

export const etagOf = (body: string): string => `"${createHash('sha256').update(body).digest('hex').slice(0, 32)}"`;

/** Whether a list of entity tags names this one. Tags are compared weakly: a compressed answer has a weak one. */
export const namesTag = (list: string | undefined, etag: string): boolean =>
  (list ?? '')
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
    .some((tag) => tag === etag || tag === '*');

/** The answer with its entity tag; only that where the client has it already. */
export function withTag(request: ApiRequest, { status, headers, body }: ApiResponse): ApiResponse {
  if (status >= 300) return { status, headers, body };
  const etag = etagOf(body);
  if (request.method !== 'GET' || !namesTag(request.headers['if-none-match'], etag)) return { status, headers: { ...headers, etag }, body };
  const { 'content-type': _, ...kept } = headers;
  return { status: 304, headers: { ...kept, etag }, body: '' };
}
