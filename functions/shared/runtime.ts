import { createExecutions, createS3Store } from '@assay/quality';
import { Logger } from '@aws-lambda-powertools/logger';
import { readEnvironment } from './environment.ts';

declare const ASSAY_VERSION: string | undefined;

/** What a function makes once, and keeps between invocations. Only one that profiles has a use for workers. */
export function createRuntime(name: string, workerFile: () => string | undefined = () => undefined) {
  const logger = new Logger({ serviceName: `assay-${name}` });
  const environment = readEnvironment(process.env, name);
  const { dataBucket, scratch, scratchBytes, memoryMB, workers, machine, reportLock } = environment;
  const worker = workers > 1 ? workerFile() : undefined;
  const dependencies = {
    store: createS3Store(undefined, { reportLock }),
    resources: { scratch, memoryMB, ...(worker === undefined ? { workers: 1 } : { workers, workerFile: worker }) },
    scratchBytes,
    version: typeof ASSAY_VERSION === 'string' ? ASSAY_VERSION : '0.0.0',
    dataBucket,
    ...(machine !== undefined && { executions: createExecutions(machine) }),
    log: (message: string, fields: Record<string, unknown> = {}) => logger.info(message, fields),
  };
  return { logger, dependencies, environment };
}
