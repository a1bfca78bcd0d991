import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { LOGIN_PATHS } from '../../layers/quality/contract/oidc.ts';

const UNAUTHORIZED = {
  type: 'about:blank',
  title: 'Unauthorized',
  status: 401,
  detail: `expected Authorization: Bearer with a token that holds, or the cookie of a session begun at ${LOGIN_PATHS.start}; request $context.requestId`,
};

/** What API Gateway says for the authorizer: programs hear what is missing, people are led to the login. */
export function addOidcRefusals(api: RestApi): void {
  api.addGatewayResponse('Unauthorized', {
    type: ResponseType.UNAUTHORIZED,
    statusCode: '401',
    templates: { 'application/json': JSON.stringify(UNAUTHORIZED) },
    responseHeaders: {
      'Content-Type': "'application/problem+json'",
      'WWW-Authenticate': "'Bearer'",
      'Cache-Control': "'no-store'",
    },
  });
  // A gateway response has one status for all requests. The authorizer denies only people without a session, and says where their login is.
  api.addGatewayResponse('ToLogin', {
    type: ResponseType.ACCESS_DENIED,
    statusCode: '302',
    templates: { 'application/json': '{}' },
    responseHeaders: { Location: 'context.authorizer.login', 'Cache-Control': "'no-store'" },
  });
}
