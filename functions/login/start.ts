import { createHash } from 'node:crypto';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { returnAddress } from '../oidc/return-address.ts';
import { redirect } from './answers.ts';
import type { LoginDependencies } from './dependencies.ts';
import type { LoginRequest } from './event.ts';
import { keepPending, newPending } from './pending.ts';

/** Sends a person to the provider: authorization code flow with PKCE. */
export async function startLogin({ settings, findProvider }: LoginDependencies, asked: LoginRequest): Promise<APIGatewayProxyResult> {
  const pending = newPending(returnAddress(asked.query.to));
  const url = new URL((await findProvider()).authorization_endpoint);
  const parameters = {
    response_type: 'code',
    client_id: settings.clientId,
    redirect_uri: asked.callback,
    scope: [...new Set(['openid', ...settings.scopes])].join(' '),
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: createHash('sha256').update(pending.verifier).digest('base64url'),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return redirect(url.href, [keepPending(pending)]);
}
