import type { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { LOGIN_PATHS } from '../../layers/quality/contract/oidc.ts';
import { AGAIN, say } from './answers.ts';
import type { LoginDependencies } from './dependencies.ts';
import { type LoginRequest, parseLogin } from './event.ts';
import { finishLogin } from './finish.ts';
import { leave } from './leave.ts';
import { startLogin } from './start.ts';

/** The Lambda handler of the login for people. It never fails: what is unexpected is a 500 without its reasons. */
export const createHandler = (given: Omit<LoginDependencies, 'log'>, logger: Logger) => {
  const deps: LoginDependencies = { ...given, log: (message, fields) => logger.info(message, fields as Record<string, string>) };
  return middy<unknown, APIGatewayProxyResult>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .handler(async (event) => {
      try {
        return await answer(deps, parseLogin(event));
      } catch (error) {
        logger.error('login failed', { error: error as Error });
        return say(500, { title: 'The login does not work', text: 'Whoever runs this can find the reason in the log.', link: AGAIN });
      }
    });
};

async function answer(deps: LoginDependencies, asked: LoginRequest): Promise<APIGatewayProxyResult> {
  if (asked.path === LOGIN_PATHS.start) return startLogin(deps, asked);
  return asked.path === LOGIN_PATHS.finish ? finishLogin(deps, asked) : leave(asked);
}
