import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalFunctionOptions } from './function.ts';

/** The bucket that holds monitors, data and reports in the embedded cloud. */
export const DATA_BUCKET = 'assay';

export interface BuiltOptions {
  /** Folder of the built project: bundles in dist/, modules in node_modules/. */
  root: string;
  /** Variables besides Lambda's and its own. */
  environment?: Record<string, string>;
}

const MEMORY_MB = 1769;
const SCRATCH_BYTES = 10 * 1024 ** 3;

/** A function as it was built, with the layers that are deployed. */
export function builtFunction(name: string, { root, environment }: BuiltOptions): Omit<LocalFunctionOptions, 'timeoutSeconds'> {
  const bundle = join(root, `dist/functions/${name}/index.cjs`);
  if (!existsSync(bundle)) throw new Error(`${bundle} is missing; run "npm run build"`);
  return {
    name,
    bundle,
    handler: 'handler',
    layers: [join(root, 'dist/layer/nodejs/node_modules'), join(root, `layers/duckdb/dist/${process.arch}/nodejs/node_modules`)],
    fallbackModules: join(root, 'node_modules'),
    environment: { DATA_BUCKET, SCRATCH_BYTES: String(SCRATCH_BYTES), ...environment },
    memoryMB: MEMORY_MB,
  };
}
