import type { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { ControlPlane } from '../../layers/quality/sagemaker/control-plane.ts';
import type { ProcessDependencies } from '../../layers/quality/usecases/dependencies.ts';
import type { Followed } from '../../layers/quality/usecases/follow-endpoint.ts';
import { endpointOf } from './event.ts';

/** The use case, as '@assay/quality/endpoints' exports it. */
export type FollowEndpoints = (deps: ProcessDependencies, plane: ControlPlane, endpoint: string | null) => Promise<Followed[]>;

/** The Lambda handler: monitors follow what changed in SageMaker. Following again is harmless, so that events may come twice and be repeated. */
export const createHandler = (follow: FollowEndpoints, dependencies: ProcessDependencies, plane: ControlPlane, logger: Logger) =>
  middy<unknown, { followed: Followed[] }>()
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .handler(async (event) => {
      try {
        return { followed: await follow(dependencies, plane, endpointOf(event)) };
      } catch (error) {
        logger.error('endpoint not followed', { event, error: error as Error });
        throw error;
      }
    });
