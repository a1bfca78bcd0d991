import type { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { APIGatewayAuthorizerResult } from 'aws-lambda';
import { LOGIN_PATHS } from '../../layers/quality/contract/oidc.ts';
import { returnAddress } from '../oidc/return-address.ts';
import { TokenError, type VerifyToken } from '../oidc/verify-token.ts';
import { credentialOf, isPerson } from './credential.ts';
import { parseQuestion, type Question } from './event.ts';

/** API Gateway answers 401 to an authorizer that fails with this word, and 500 to any other. */
class Unauthorized extends Error {
  constructor() {
    super('Unauthorized');
  }
}

/**
 * The Lambda authorizer: lets a request pass whose token holds. A person without one is denied, which `lib/api/oidc-refusals.ts` makes a redirect to
 * the login; a program is told 401.
 */
export const createAuthorizer = (verify: VerifyToken, logger: Logger) =>
  middy<unknown, APIGatewayAuthorizerResult>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .handler(async (event) => {
      try {
        return await decide(verify, parseQuestion(event), logger);
      } catch (error) {
        if (!(error instanceof Unauthorized)) logger.error('authorisation failed', { error: error as Error });
        throw error;
      }
    });

async function decide(verify: VerifyToken, asked: Question, logger: Logger): Promise<APIGatewayAuthorizerResult> {
  const credential = credentialOf(asked);
  if (credential !== null)
    try {
      const { subject } = await verify(credential.token, credential.kind);
      return answer(asked, 'Allow', subject, { session: String(credential.kind === 'session') });
    } catch (error) {
      if (!(error instanceof TokenError)) throw error;
      logger.info('token refused', { kind: credential.kind, reason: error.message, gatewayRequestId: asked.requestId });
    }
  if (!isPerson(asked)) throw new Unauthorized();
  const login = `${asked.up}${LOGIN_PATHS.start.slice(1)}?${new URLSearchParams({ to: returnAddress(asked.address) })}`;
  return answer(asked, 'Deny', 'nobody', { login });
}

const answer = ({ methodArn }: Question, effect: 'Allow' | 'Deny', principalId: string, context: Record<string, string>) => ({
  principalId,
  policyDocument: { Version: '2012-10-17', Statement: [{ Action: 'execute-api:Invoke', Effect: effect, Resource: methodArn }] },
  context,
});
