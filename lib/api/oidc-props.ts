import { Duration, Token } from 'aws-cdk-lib';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { claimSchema, issuerSchema } from '../../layers/quality/contract/oidc.ts';

/** An OpenID Connect provider, and who of those it knows may ask. */
export interface OidcProps {
  /** The issuer, spelled as its tokens have it in `iss`. It describes itself at `/.well-known/openid-configuration`. */
  issuer: string;
  /** The client for the login of people. Its ID tokens are sessions, and its tokens are taken from programs. */
  clientId: string;
  /**
   * The client's secret, as its text.
   * @default none: a public client, with PKCE alone
   */
  clientSecret?: ISecret;
  /**
   * Audiences of the tokens of programs, besides the client's own.
   * @default none
   */
  audiences?: string[];
  /**
   * Claims every token has to have, each as NAME=VALUE: the value itself, or one of a list.
   * @default none: whoever the provider gives a token for the client
   */
  claims?: string[];
  /**
   * Scopes the login asks for, besides openid.
   * @default none
   */
  scopes?: string[];
}

/** For both functions: verifying takes milliseconds, asking the provider seconds at most. */
export const OIDC_MEMORY_MB = 512;
export const AUTHORIZER_TIMEOUT = Duration.seconds(15);
export const LOGIN_TIMEOUT = Duration.seconds(25);

/** Refuses what would let nobody in, or others than was meant, before it is deployed. */
export function requireOidc({ issuer, claims = [] }: OidcProps): void {
  for (const [schema, texts] of [[issuerSchema, [issuer]] as const, [claimSchema, claims] as const])
    for (const text of texts) {
      const reason = Token.isUnresolved(text) ? undefined : schema.safeParse(text).error?.issues[0]?.message;
      if (reason !== undefined) throw new Error(`oidc: ${reason}; got ${JSON.stringify(text)}`);
    }
}
