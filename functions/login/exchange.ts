import { z } from 'zod';
import { PROVIDER_TIMEOUT_MS, ProviderError } from '../oidc/provider.ts';
import type { LoginDependencies } from './dependencies.ts';

const tokensSchema = z.object({ id_token: z.string().min(1) });
const refusalSchema = z.object({ error: z.string() });

/** The code is over, or was made for another login. */
export class CodeError extends Error {
  override readonly name = 'CodeError';
}

export interface Code {
  code: string;
  callback: string;
  verifier: string;
}

/** The ID token for a code, from the provider itself. */
export async function exchangeCode(deps: LoginDependencies, { code, callback, verifier }: Code): Promise<string> {
  const { token_endpoint, token_endpoint_auth_methods_supported: methods } = await deps.findProvider();
  const form = new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: callback, code_verifier: verifier });
  const headers = { accept: 'application/json', ...proveClient(form, methods, deps.settings.clientId, await deps.clientSecret()) };
  const { status, content } = await post(token_endpoint, headers, form);
  if (status === 200) {
    const tokens = tokensSchema.safeParse(content);
    if (tokens.success) return tokens.data.id_token;
    throw new ProviderError(`${token_endpoint} gives no ID token`);
  }
  const refusal = refusalSchema.safeParse(content).data?.error;
  if (refusal === 'invalid_grant') throw new CodeError('the provider does not take the code');
  throw new ProviderError(`${token_endpoint} answers ${status}${refusal === undefined ? '' : ` (${refusal.slice(0, 100)})`}`);
}

/** As the provider takes it: in a header if it can (RFC 6749, 2.3.1), in the form else. */
function proveClient(form: URLSearchParams, methods: string[], clientId: string, secret: string | null): Record<string, string> {
  if (secret !== null && methods.includes('client_secret_basic')) {
    const [name, password] = [clientId, secret].map((text) => new URLSearchParams({ text }).toString().slice('text='.length));
    return { authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}` };
  }
  form.set('client_id', clientId);
  if (secret !== null) form.set('client_secret', secret);
  return {};
}

async function post(url: string, headers: Record<string, string>, body: URLSearchParams): Promise<{ status: number; content: unknown }> {
  try {
    const signal = AbortSignal.timeout(PROVIDER_TIMEOUT_MS);
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'error', signal });
    return { status: response.status, content: await response.json().catch(() => null) };
  } catch (error) {
    throw new ProviderError(`${url} cannot be reached: ${(error as Error).message}`, { cause: error });
  }
}
