import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { hasClaim } from './claims.ts';
import type { OidcSettings } from './environment.ts';
import { type FindProvider, PROVIDER_TIMEOUT_MS, ProviderError } from './provider.ts';

/** Signatures of key pairs alone. With a shared secret (HS…) or without any (`none`) whoever knows a public key could sign. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'Ed25519', 'EdDSA'];
/** Of JWTs that a provider signs with the same keys, those that stand for a caller: a logout token, say, has our audience too. */
const TYPES = [undefined, 'jwt', 'at+jwt', 'application/at+jwt'];
const CLOCK_TOLERANCE_SECONDS = 30;
/** A session ends after that, however long its token would hold. */
export const LONGEST_SESSION_SECONDS = 12 * 3600;

/** How a token came: in a header, or in the cookie of a session. */
export type TokenKind = 'bearer' | 'session';

export interface Verified {
  subject: string;
  /** In seconds since 1970. */
  expires: number;
}

/** The token stands for nobody who may ask here. */
export class TokenError extends Error {
  override readonly name = 'TokenError';
}

/** Resolves where the token holds; a TokenError where it does not, anything else where that could not be found out. */
export type VerifyToken = (token: string, kind: TokenKind, nonce?: string) => Promise<Verified>;

export function tokenVerifier(settings: OidcSettings, findProvider: FindProvider, cooldownDuration = 30_000): VerifyToken {
  let keys: JWTVerifyGetKey | undefined;
  return async (token, kind, nonce) => {
    const { jwks_uri } = await findProvider();
    keys ??= createRemoteJWKSet(new URL(jwks_uri), { timeoutDuration: PROVIDER_TIMEOUT_MS, cooldownDuration });
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      issuer: settings.issuer,
      algorithms: ALGORITHMS,
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      requiredClaims: ['sub', 'exp', ...(kind === 'session' ? ['iat', 'nonce'] : [])],
      ...(kind === 'session' && { maxTokenAge: LONGEST_SESSION_SECONDS }),
    }).catch((error) => {
      throw asOurs(error);
    });
    if (!TYPES.includes(protectedHeader.typ?.toLowerCase())) throw new TokenError('it is no ID token and no access token');
    requireAudience(payload, kind, settings);
    if (nonce !== undefined && payload.nonce !== nonce) throw new TokenError('its nonce is not that of this login');
    const missing = settings.claims.find((claim) => !hasClaim(payload, claim));
    if (missing !== undefined) throw new TokenError(`it lacks the claim ${missing.join('=')}`);
    return { subject: payload.sub!, expires: payload.exp! };
  };
}

/** Cognito's access tokens have no audience, and name the client instead. */
function requireAudience(payload: Record<string, unknown>, kind: TokenKind, { clientId, audiences }: OidcSettings): void {
  const accepted = kind === 'session' ? [clientId] : [clientId, ...audiences];
  const named = kind === 'session' ? payload.aud : (payload.aud ?? payload.client_id);
  if (![named].flat().some((audience) => accepted.includes(audience as string))) throw new TokenError('it is for another audience');
  if (kind === 'session' && payload.azp !== undefined && payload.azp !== clientId) throw new TokenError('it was issued to another client');
}

const OF_THE_TOKEN = [
  errors.JWTClaimValidationFailed,
  errors.JWTExpired,
  errors.JWTInvalid,
  errors.JWSInvalid,
  errors.JWSSignatureVerificationFailed,
  errors.JOSEAlgNotAllowed,
  errors.JOSENotSupported,
  errors.JWKSNoMatchingKey,
  errors.JWKSMultipleMatchingKeys,
];

const asOurs = (error: Error): Error =>
  OF_THE_TOKEN.some((type) => error instanceof type)
    ? new TokenError(error.message)
    : new ProviderError(`the provider's keys cannot be used: ${error.message}`, { cause: error });
