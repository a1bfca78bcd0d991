import { z } from 'zod';
import { claimSchema, issuerSchema } from '../../layers/quality/contract/oidc.ts';

const listOf = (each: z.ZodType<string>) =>
  z
    .string()
    .default('[]')
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue('expected a list in JSON');
        return z.NEVER;
      }
    })
    .pipe(z.array(each));

/** What `lib/api/oidc.ts` sets. */
export const oidcEnvironmentSchema = z.object({
  OIDC_ISSUER: issuerSchema,
  OIDC_CLIENT_ID: z.string().min(1),
  /** Audiences of bearer tokens, besides the client's own. */
  OIDC_AUDIENCES: listOf(z.string().min(1)),
  /** Claims that every token has to have. */
  OIDC_CLAIMS: listOf(claimSchema),
  OIDC_SCOPES: listOf(z.string().min(1)),
  OIDC_CLIENT_SECRET_ARN: z.string().min(1).optional(),
});

export interface OidcSettings {
  issuer: string;
  clientId: string;
  audiences: string[];
  claims: [name: string, value: string][];
  scopes: string[];
  clientSecretArn: string | undefined;
}

/** The only reader of the environment of `authorizer` and `login`; a missing or wrong variable names itself. */
export function readOidcEnvironment(variables: NodeJS.ProcessEnv, name: string): OidcSettings {
  const result = oidcEnvironmentSchema.safeParse(variables);
  if (!result.success) {
    const reasons = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new Error(`${name} environment is wrong: ${reasons.join('; ')}`);
  }
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_AUDIENCES, OIDC_CLAIMS, OIDC_SCOPES, OIDC_CLIENT_SECRET_ARN } = result.data;
  return {
    issuer: OIDC_ISSUER,
    clientId: OIDC_CLIENT_ID,
    audiences: OIDC_AUDIENCES,
    claims: OIDC_CLAIMS.map((claim) => [claim.slice(0, claim.indexOf('=')), claim.slice(claim.indexOf('=') + 1)]),
    scopes: OIDC_SCOPES,
    clientSecretArn: OIDC_CLIENT_SECRET_ARN,
  };
}
