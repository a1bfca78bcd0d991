import { answerRequest } from '@assay/quality';
import { lazyMetricSink } from '../shared/metrics.ts';
import { createRuntime } from '../shared/runtime.ts';
import { createHandler } from './api.ts';

const { logger, dependencies, environment } = createRuntime('api');

/** Monitors and reports over HTTP, for programs and for people. */
export const handler = createHandler(answerRequest, { ...dependencies, metrics: lazyMetricSink() }, logger, environment.oidcIssuer);
