import { Logger } from '@aws-lambda-powertools/logger';
import { readOidcEnvironment } from '../oidc/environment.ts';
import { providerFinder } from '../oidc/provider.ts';
import { tokenVerifier } from '../oidc/verify-token.ts';
import { secretReader } from './client-secret.ts';
import { createHandler } from './login.ts';

const settings = readOidcEnvironment(process.env, 'login');
const findProvider = providerFinder(settings.issuer);
const now = Date.now;

/** Signs people in and out, where OpenID Connect is configured. */
export const handler = createHandler(
  { settings, findProvider, verify: tokenVerifier(settings, findProvider), clientSecret: secretReader(settings.clientSecretArn, now), now },
  new Logger({ serviceName: 'assay-login' }),
);
