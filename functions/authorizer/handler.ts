import { Logger } from '@aws-lambda-powertools/logger';
import { readOidcEnvironment } from '../oidc/environment.ts';
import { providerFinder } from '../oidc/provider.ts';
import { tokenVerifier } from '../oidc/verify-token.ts';
import { createAuthorizer } from './authorizer.ts';

const settings = readOidcEnvironment(process.env, 'authorizer');

/** Who may ask the HTTP API, where OpenID Connect is configured. */
export const handler = createAuthorizer(
  tokenVerifier(settings, providerFinder(settings.issuer)),
  new Logger({ serviceName: 'assay-authorizer' }),
);
