import { readFileSync, statSync } from 'node:fs';
import { UsageError } from '../layers/quality/contract/errors.ts';
import { resolveInputs } from './inputs.ts';

/** Files of a baseline or of a run are far smaller; a larger one is none. */
const MOST_BYTES = 256 * 2 ** 20;

/** The files of certain names at a file, a folder or an s3:// prefix, as text. */
export async function readNamed(
  from: string,
  names: readonly string[],
  scratch: string,
  what: string,
): Promise<{ uri: string; text: string }[]> {
  const files = await resolveInputs([from], scratch, what);
  return files
    .filter(({ uri }) => names.includes(uri.slice(uri.lastIndexOf('/') + 1)))
    .map(({ uri, path }) => {
      if (statSync(path).size > MOST_BYTES) throw new UsageError(`${uri}: larger than ${MOST_BYTES} bytes`);
      return { uri, text: readFileSync(path, 'utf8') };
    });
}
