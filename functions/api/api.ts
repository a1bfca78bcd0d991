import { rm } from 'node:fs/promises';
import type { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { APIGatewayProxyResult } from 'aws-lambda';
import type { ApiRequest, ApiResponse } from '../../layers/quality/api/request.ts';
import type { ProcessDependencies } from '../../layers/quality/usecases/dependencies.ts';
import { parseEvent } from './event.ts';
import { toResult, unexpected } from './result.ts';

/** The use case, as '@assay/quality' exports it. */
export type AnswerRequest = (dependencies: ProcessDependencies, request: ApiRequest) => Promise<ApiResponse>;

/** The Lambda handler: a proxy event in, an answer out, one line in the log. It never fails: what is unexpected is a 500 without its reasons. */
export const createHandler = (answerRequest: AnswerRequest, dependencies: ProcessDependencies, logger: Logger, issuer?: string) =>
  middy<unknown, APIGatewayProxyResult>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .handler(async (event, context) => {
      const began = performance.now();
      try {
        const { request: read, requestId, caller } = parseEvent(event);
        const request = { ...read, ...(issuer !== undefined && { issuer }) };
        const told = { method: request.method, path: request.path.slice(0, 300), caller, gatewayRequestId: requestId };
        try {
          // One request at a time: what is there was left by one that was cut off.
          if (request.method !== 'GET') await rm(dependencies.resources.scratch, { recursive: true, force: true });
          const result = toResult(request, await answerRequest(dependencies, request));
          logger.info('request answered', { ...told, status: result.statusCode, milliseconds: Math.round(performance.now() - began) });
          return result;
        } catch (error) {
          logger.error('request failed', { ...told, error: error as Error });
          return unexpected(context.awsRequestId);
        }
      } catch (error) {
        logger.error('event malformed', { error: error as Error });
        return unexpected(context.awsRequestId);
      }
    });
