import type { OidcSettings } from '../oidc/environment.ts';
import type { FindProvider } from '../oidc/provider.ts';
import type { VerifyToken } from '../oidc/verify-token.ts';

export interface LoginDependencies {
  settings: Pick<OidcSettings, 'issuer' | 'clientId' | 'scopes'>;
  findProvider: FindProvider;
  verify: VerifyToken;
  /** The client's secret; null for a public client, which has PKCE alone. */
  clientSecret: () => Promise<string | null>;
  log: (message: string, fields: Record<string, unknown>) => void;
  /** In milliseconds since 1970. */
  now: () => number;
}
