import { SESSION_COOKIE } from '../../layers/quality/contract/oidc.ts';
import { readCookie } from '../oidc/cookies.ts';
import { mayUseCookie } from '../oidc/same-origin.ts';
import type { TokenKind } from '../oidc/verify-token.ts';
import type { Question } from './event.ts';

/** What a request brings to say who asks. A header counts before a cookie, even one that is of no use. */
export function credentialOf(asked: Question): { kind: TokenKind; token: string } | null {
  const { authorization, cookie } = asked.headers;
  if (authorization !== undefined) return { kind: 'bearer', token: /^bearer +(\S+)$/i.exec(authorization)?.[1] ?? '' };
  const token = readCookie(cookie, SESSION_COOKIE);
  return token !== null && mayUseCookie(asked) ? { kind: 'session', token } : null;
}

/** Whether a person is looking: a browser that goes to an address, with nothing a program would bring. */
export const isPerson = ({ method, headers }: Question): boolean =>
  method === 'GET' &&
  headers.authorization === undefined &&
  /\btext\/html\b/i.test(headers.accept ?? '') &&
  ['navigate', undefined].includes(headers['sec-fetch-mode']);
