import { createHash, timingSafeEqual } from 'node:crypto';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { SESSION_COOKIE } from '../../layers/quality/contract/oidc.ts';
import { MOST_COOKIE_BYTES, setCookie } from '../oidc/cookies.ts';
import { returnAddress } from '../oidc/return-address.ts';
import { LONGEST_SESSION_SECONDS, TokenError } from '../oidc/verify-token.ts';
import { AGAIN, redirect, say } from './answers.ts';
import type { LoginDependencies } from './dependencies.ts';
import type { LoginRequest } from './event.ts';
import { CodeError, exchangeCode } from './exchange.ts';
import { endPending, type Pending, readPending } from './pending.ts';

/** A person comes back from the provider: the ID token becomes the session's cookie. */
export async function finishLogin(deps: LoginDependencies, asked: LoginRequest): Promise<APIGatewayProxyResult> {
  const pending = readPending(asked.headers.cookie);
  const { state, iss, code, error } = asked.query;
  if (pending === null || !isSame(state ?? '', pending.state) || (iss ?? deps.settings.issuer) !== deps.settings.issuer)
    return say(400, { ...NONE_UNDER_WAY, link: AGAIN });
  if (error !== undefined || code === undefined) {
    deps.log('login refused by the provider', { reason: (error ?? 'no code').slice(0, 100), gatewayRequestId: asked.requestId });
    return say(403, { ...REFUSED, link: AGAIN }, [endPending()]);
  }
  try {
    return await openSession(deps, asked, pending, code);
  } catch (failure) {
    if (!(failure instanceof TokenError || failure instanceof CodeError)) throw failure;
    deps.log('login refused', { reason: failure.message, gatewayRequestId: asked.requestId });
    return say(403, { ...NOT_LET_IN, link: AGAIN }, [endPending()]);
  }
}

async function openSession(
  deps: LoginDependencies,
  { callback, requestId }: LoginRequest,
  { verifier, nonce, to }: Pending,
  code: string,
): Promise<APIGatewayProxyResult> {
  const token = await exchangeCode(deps, { code, callback, verifier });
  const { subject, expires } = await deps.verify(token, 'session', nonce);
  const bytes = SESSION_COOKIE.length + token.length;
  if (bytes > MOST_COOKIE_BYTES) {
    deps.log('ID token too large for a cookie', { bytes, most: MOST_COOKIE_BYTES, gatewayRequestId: requestId });
    return say(403, { ...TOO_LARGE, link: AGAIN }, [endPending()]);
  }
  const seconds = Math.min(LONGEST_SESSION_SECONDS, Math.max(0, Math.floor(expires - deps.now() / 1000)));
  deps.log('session opened', { subject, seconds, gatewayRequestId: requestId });
  return redirect(`.${returnAddress(to)}`, [setCookie(SESSION_COOKIE, token, seconds), endPending()]);
}

const isSame = (a: string, b: string): boolean => timingSafeEqual(hash(a), hash(b));
const hash = (text: string): Buffer => createHash('sha256').update(text).digest();

const NONE_UNDER_WAY = {
  title: 'No login is under way here',
  text: 'It was begun in another browser or window, or more than ten minutes ago, or this browser keeps no cookies.',
};
const REFUSED = { title: 'Not signed in', text: 'The identity provider has not signed you in.' };
const NOT_LET_IN = {
  title: 'Not signed in',
  text: 'What the identity provider says of you is not enough to be let in here. Whoever runs this can find the reason in the log.',
};
const TOO_LARGE = {
  title: 'Not signed in',
  text: 'What the identity provider says of you is too large for a cookie. It has to put fewer claims into its ID tokens, as a rule fewer groups.',
};
