import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { createAuthorizer } from '../../functions/authorizer/authorizer.ts';
import { createHandler } from '../../functions/login/login.ts';
import { readOidcEnvironment } from '../../functions/oidc/environment.ts';
import { providerFinder } from '../../functions/oidc/provider.ts';
import { tokenVerifier } from '../../functions/oidc/verify-token.ts';
import { type Behind, gateway } from './gateway.ts';
import { CLIENT, FakeProvider, SECRET } from './provider.ts';

const context = { awsRequestId: 'request-1' } as Context;

/** The functions over a provider on this machine, and what they log. Behind them is an API that tells what it is handed. */
export async function lab(more: Record<string, string> = {}) {
  const provider = await FakeProvider.start();
  const settings = readOidcEnvironment({ OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: CLIENT, ...more }, 'test');
  const logs: Record<string, unknown>[] = [];
  const logger = new Logger({ serviceName: 'test' });
  const keep = (line: string): number => logs.push(JSON.parse(line));
  Object.assign(logger, { console: { info: keep, error: keep, warn: keep, debug: keep } });
  const findProvider = providerFinder(settings.issuer);
  const verify = tokenVerifier(settings, findProvider);
  const clientSecret = async () => (provider.auth === 'none' ? null : SECRET);
  const authorizer = createAuthorizer(verify, logger);
  const login = createHandler({ settings, findProvider, verify, clientSecret, now: Date.now }, logger);
  const behind: Behind = {
    authorizer: (event) => authorizer(event, context),
    login: (event) => login(event, context),
    api: async (event) => ({ statusCode: 200, headers: {}, body: JSON.stringify(event) }),
  };
  return { provider, logs, behind, ask: gateway(behind) };
}
