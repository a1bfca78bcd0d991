import { z } from 'zod';
import { discoveryAddress, isProviderAddress } from '../../layers/quality/contract/oidc.ts';

const address = z.string().refine(isProviderAddress, { error: 'expected an address with https' });

/** As much of an issuer's description of itself as is read. */
const descriptionSchema = z.object({
  issuer: z.string(),
  authorization_endpoint: address,
  token_endpoint: address,
  jwks_uri: address,
  token_endpoint_auth_methods_supported: z.array(z.string()).default(['client_secret_basic']),
});
export type Provider = z.infer<typeof descriptionSchema>;
export type FindProvider = () => Promise<Provider>;

/** The provider cannot be reached, or is not what it should be: no fault of who asks. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
}

export const PROVIDER_TIMEOUT_MS = 5000;

/** Asks the issuer what it says of itself, until it has answered once: a function does not live long enough for that to change. */
export function providerFinder(issuer: string): FindProvider {
  let found: Promise<Provider> | undefined;
  return () => {
    found ??= discover(issuer).catch((error) => {
      found = undefined;
      throw error;
    });
    return found;
  };
}

async function discover(issuer: string): Promise<Provider> {
  const url = discoveryAddress(issuer);
  const answer = await fetchJson(url);
  const result = descriptionSchema.safeParse(answer);
  if (!result.success) {
    const reasons = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new ProviderError(`${url} does not describe an OpenID Connect provider: ${reasons.join('; ')}`);
  }
  if (result.data.issuer !== issuer)
    throw new ProviderError(`${url} is of the issuer ${JSON.stringify(result.data.issuer)}; expected ${JSON.stringify(issuer)}`);
  return result.data;
}

async function fetchJson(url: string): Promise<unknown> {
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(PROVIDER_TIMEOUT_MS) });
    if (response.ok) return await response.json();
    throw new Error(`it answers ${response.status}`);
  } catch (error) {
    throw new ProviderError(`${url} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}
