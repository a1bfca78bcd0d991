import type { ProblemDocument } from '../contract/api.ts';
import type { ApiResponse } from './request.ts';

const TITLES: Record<number, string> = {
  400: 'Bad Request',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  409: 'Conflict',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
};

/** The request cannot be answered as it is: who sent it can do something about it. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly status: keyof typeof TITLES & number,
    readonly detail: string,
    readonly more: { errors?: ProblemDocument['errors']; headers?: Record<string, string> } = {},
  ) {
    super(detail);
  }
}

/** One place in a JSON body that is wrong. */
export const atPointer = (path: readonly PropertyKey[], detail: string): Problem =>
  new Problem(400, detail, { errors: [{ pointer: pointerTo(path), detail }] });

/** RFC 6901, as a fragment. */
export const pointerTo = (path: readonly PropertyKey[]): string =>
  `#${path.map((part) => `/${encodeURIComponent(String(part).replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('')}`;

export function problemResponse({ status, detail, more: { errors, headers } }: Problem): ApiResponse {
  const document: ProblemDocument = { type: 'about:blank', title: TITLES[status]!, status, detail, ...(errors && { errors }) };
  return {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...headers },
    body: `${JSON.stringify(document, null, 2)}\n`,
  };
}
