import { createS3Store, processObject } from '@assay/quality';
import { Logger } from '@aws-lambda-powertools/logger';
import { createHandler } from './batch.ts';
import { readEnvironment } from './environment.ts';

declare const ASSAY_VERSION: string | undefined;

/** The worker lies beside the library in the layer; where it does not, everything runs in this thread. */
const workerFile = (): string | undefined => {
  try {
    return require.resolve('@assay/quality/worker.cjs');
  } catch {
    return undefined;
  }
};

const logger = new Logger({ serviceName: 'assay-ingest' });
const { dataBucket, scratch, scratchBytes, memoryMB, workers } = readEnvironment(process.env);

/** Made once, and kept between invocations. */
const dependencies = {
  store: createS3Store(),
  resources: { scratch, memoryMB, workers, workerFile: workers > 1 ? workerFile() : undefined },
  scratchBytes,
  version: typeof ASSAY_VERSION === 'string' ? ASSAY_VERSION : '0.0.0',
  dataBucket,
  log: (message: string, fields: Record<string, unknown> = {}) => logger.info(message, fields),
};

/** Objects that arrive become profiles and reports. */
export const handler = createHandler(processObject, dependencies, logger);
