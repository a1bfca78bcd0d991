import { z } from 'zod';
import type { ProcessDependencies } from './dependencies.ts';

export interface BatchResults {
  /** Objects in batches that failed; null where there are too many to read. */
  failed: number | null;
  /** Why, of the first batches. */
  reasons: string[];
  /** Address of the manifest, which names what was written of each batch. */
  manifest: string;
}

const manifestSchema = z.object({ ResultFiles: z.object({ FAILED: z.array(z.object({ Key: z.string(), Size: z.number() })) }) });
const childrenSchema = z.array(z.object({ Input: z.string(), Cause: z.string().optional(), Error: z.string().optional() }));
const batchSchema = z.object({ Items: z.array(z.unknown()) });

const MOST_BYTES = 16 * 1024 * 1024;
const MOST_REASONS = 10;

/** What the ResultWriter wrote of the batches that failed. */
export async function readResults(
  { store, dataBucket }: Pick<ProcessDependencies, 'store' | 'dataBucket'>,
  key: string,
): Promise<BatchResults> {
  const manifest = `s3://${dataBucket}/${key}`;
  const read = async (key: string): Promise<unknown> => {
    const found = await store.get(dataBucket, key);
    if (found === null) throw new Error(`s3://${dataBucket}/${key} is missing`);
    return JSON.parse(found.body.toString('utf8'));
  };
  const { FAILED } = manifestSchema.parse(await read(key)).ResultFiles;
  if (FAILED.reduce((sum, { Size }) => sum + Size, 0) > MOST_BYTES) return { failed: null, reasons: [], manifest };
  const children = (await Promise.all(FAILED.map(async ({ Key }) => childrenSchema.parse(await read(Key))))).flat();
  return {
    failed: children.reduce((sum, { Input }) => sum + batchSchema.parse(JSON.parse(Input)).Items.length, 0),
    reasons: children.slice(0, MOST_REASONS).map(({ Cause, Error: name }) => wordsOf(Cause) ?? name ?? 'unknown'),
    manifest,
  };
}

/** A function's own words, which Step Functions wraps in JSON. */
function wordsOf(cause: string | undefined): string | undefined {
  try {
    return z.object({ errorMessage: z.string() }).parse(JSON.parse(cause ?? '')).errorMessage;
  } catch {
    return cause;
  }
}
