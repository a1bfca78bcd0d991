import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { clearCookie, readCookie, setCookie } from '../oidc/cookies.ts';

const COOKIE = '__Host-assay-login';
const SECONDS = 600;

const pendingSchema = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), to: z.string() });

/** A login under way. It is kept in the browser that began it, so that it can be ended there alone. */
export type Pending = z.infer<typeof pendingSchema>;

const secret = (): string => randomBytes(32).toString('base64url');

export const newPending = (to: string): Pending => ({ state: secret(), nonce: secret(), verifier: secret(), to });

export const keepPending = (pending: Pending): string =>
  setCookie(COOKIE, Buffer.from(JSON.stringify(pending)).toString('base64url'), SECONDS);

export const endPending = (): string => clearCookie(COOKIE);

/** Null where none is under way in this browser, or its cookie is none of ours. */
export function readPending(cookies: string | undefined): Pending | null {
  try {
    const text = Buffer.from(readCookie(cookies, COOKIE) ?? '', 'base64url').toString('utf8');
    return pendingSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
