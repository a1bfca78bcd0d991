import { processObject } from '@assay/quality';
import { createNotifier } from '../shared/notifier.ts';
import { createRuntime } from '../shared/runtime.ts';
import { createHandler } from './batch.ts';

/** The worker lies beside the library in the layer; where it does not, everything runs in this thread. */
const workerFile = (): string | undefined => {
  try {
    return require.resolve('@assay/quality/worker.cjs');
  } catch {
    return undefined;
  }
};

const { logger, dependencies, environment } = createRuntime('ingest', workerFile);

/** Objects that arrive become profiles and reports. */
export const handler = createHandler(processObject, { ...dependencies, notifier: createNotifier(environment) }, logger);
