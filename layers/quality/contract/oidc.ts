import { z } from 'zod';

/** Addresses of the login for people, beside `/v1`. */
export const LOGIN_PATHS = { start: '/login', finish: '/callback', leave: '/logout' } as const;

/** The cookie of a session: an ID token. Its prefix makes browsers keep it to one host, all paths and HTTPS. */
export const SESSION_COOKIE = '__Host-assay';

/** Whether text is an address a provider may have: HTTPS, or HTTP on this machine. */
export function isProviderAddress(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  const local = url?.protocol === 'http:' && url.hostname === '127.0.0.1';
  return url !== null && (url.protocol === 'https:' || local) && url.username === '' && url.password === '' && url.hash === '';
}

/** An OpenID Connect issuer, spelled as its tokens have it in `iss`. */
export const issuerSchema = z.string().refine((text) => isProviderAddress(text) && !text.includes('?'), {
  error: 'expected the issuer as its tokens have it in "iss": https://HOST, perhaps with a path, without a query',
});

/** A claim that a token has to have, as `NAME=VALUE`. */
export const claimSchema = z.string().regex(/^[^=\s]+=\S/, 'expected NAME=VALUE');

/** Where an issuer describes itself (OpenID Connect Discovery). */
export const discoveryAddress = (issuer: string): string => `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
