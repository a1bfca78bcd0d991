import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Cloud, startCloud } from './cloud.ts';
import type { Delivery } from './queue.ts';

/** The bucket that holds monitors, data and reports in the embedded cloud. */
export const DATA_BUCKET = 'assay';

export interface AssayCloudOptions {
  /** Folder of the buckets. */
  directory: string;
  /** Folder of the built project: bundles in dist/, modules in node_modules/. */
  root: string;
  port?: number;
  log?: (line: string) => void;
  deliver?: Delivery;
  /** Functions at work at once. Default 2. */
  concurrency?: number;
}

const MEMORY_MB = 1769;
const SCRATCH_BYTES = 10 * 1024 ** 3;

/** The embedded cloud with Assay's own functions: the bundles and layers that are deployed, each in a clean process. */
export function startAssayCloud({ directory, root, port, log, deliver, concurrency = 2 }: AssayCloudOptions): Promise<Cloud> {
  const bundle = join(root, 'dist/functions/ingest/index.cjs');
  if (!existsSync(bundle)) throw new Error(`${bundle} is missing; run "npm run build"`);
  const native = join(root, `layers/duckdb/dist/${process.arch}/nodejs/node_modules`);
  return startCloud({
    directory,
    ...(port === undefined ? {} : { port }),
    buckets: [DATA_BUCKET],
    function: {
      name: 'ingest',
      bundle,
      handler: 'handler',
      layers: [join(root, 'dist/layer/nodejs/node_modules'), native],
      fallbackModules: join(root, 'node_modules'),
      environment: { DATA_BUCKET, SCRATCH_BYTES: String(SCRATCH_BYTES) },
      timeoutSeconds: 300,
      memoryMB: MEMORY_MB,
      concurrency,
    },
    ...(log === undefined ? {} : { log }),
    ...(deliver === undefined ? {} : { deliver }),
  });
}
