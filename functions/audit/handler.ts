import { auditDue, auditOne, createS3Store } from '@assay/quality';
import { Logger } from '@aws-lambda-powertools/logger';
import { readEnvironment } from '../ingest/environment.ts';
import { createHandler } from './audit.ts';

declare const ASSAY_VERSION: string | undefined;

const logger = new Logger({ serviceName: 'assay-audit' });
const { dataBucket, scratch, scratchBytes, memoryMB } = readEnvironment(process.env, 'audit');

/** Made once, and kept between invocations. An audit profiles nothing, and needs no workers. */
const dependencies = {
  store: createS3Store(),
  resources: { scratch, memoryMB, workers: 1 },
  scratchBytes,
  version: typeof ASSAY_VERSION === 'string' ? ASSAY_VERSION : '0.0.0',
  dataBucket,
  log: (message: string, fields: Record<string, unknown> = {}) => logger.info(message, fields),
};

/** Windows that ended are judged, on a schedule or when somebody asks. */
export const handler = createHandler({ auditOne, auditDue }, dependencies, logger);
