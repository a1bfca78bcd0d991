import { createControlPlane, followEndpoints } from '@assay/quality/endpoints';
import { createRuntime } from '../shared/runtime.ts';
import { createHandler } from './endpoint.ts';

const { logger, dependencies } = createRuntime('endpoint');

/** Monitors follow their SageMaker endpoints. */
export const handler = createHandler(followEndpoints, dependencies, createControlPlane(), logger);
