import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describeError, UsageError } from '../layers/quality/contract/errors.ts';
import { type Baseline, decodeBaseline } from '../layers/quality/profile/baseline.ts';

export const BASELINE_FILE = 'baseline.json.gz';

/** The baseline that `assay baseline` wrote to a folder; null where there is none. */
export function readBaselineFolder(folder: string): Baseline | null {
  const file = join(folder, BASELINE_FILE);
  if (!existsSync(file)) return null;
  try {
    return decodeBaseline(JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')));
  } catch (error) {
    throw new UsageError(`${file} is no baseline of this Assay: ${describeError(error)}; delete it and run "assay baseline" again`);
  }
}
