import { processObject } from '@assay/quality';
import { layerFile } from '../shared/layer-file.ts';
import { createNotifier } from '../shared/notifier.ts';
import { createRuntime } from '../shared/runtime.ts';
import { createHandler } from './batch.ts';

const { logger, dependencies, environment } = createRuntime('ingest', () => layerFile('worker.cjs'));

/** Objects that arrive become profiles and reports. */
export const handler = createHandler(processObject, { ...dependencies, notifier: createNotifier(environment) }, logger);
