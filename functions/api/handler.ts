import { answerRequest, createS3Store } from '@assay/quality';
import { Logger } from '@aws-lambda-powertools/logger';
import { readEnvironment } from '../ingest/environment.ts';
import { createHandler } from './api.ts';

declare const ASSAY_VERSION: string | undefined;

const logger = new Logger({ serviceName: 'assay-api' });
const { dataBucket, scratch, scratchBytes, memoryMB } = readEnvironment(process.env, 'api');

/** Made once, and kept between invocations. What fits into a request needs no workers. */
const dependencies = {
  store: createS3Store(),
  resources: { scratch, memoryMB, workers: 1 },
  scratchBytes,
  version: typeof ASSAY_VERSION === 'string' ? ASSAY_VERSION : '0.0.0',
  dataBucket,
  log: (message: string, fields: Record<string, unknown> = {}) => logger.info(message, fields),
};

/** Monitors and reports over HTTP, for programs and for people. */
export const handler = createHandler(answerRequest, dependencies, logger);
