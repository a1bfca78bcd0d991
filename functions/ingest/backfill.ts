import type { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import type { ProcessDependencies } from '../../layers/quality/usecases/dependencies.ts';
import { emptyFolder } from '../shared/empty-folder.ts';
import { type BackfillBatch, type BackfillItem, isData, toObject } from './backfill-event.ts';
import type { ProcessObject } from './batch.ts';

/** The batch again with what is left of it, as the state machine hands it in until nothing is. */
export interface BackfillAnswer extends BackfillBatch {
  left: number;
}

/** No object of a batch could be processed. */
export class ObjectsFailedError extends Error {
  override readonly name = 'ObjectsFailedError';
}

const NAMED = 5;

/**
 * Objects of a batch one after the other, for as long as there is surely time for the next. What failed is left for the next call, as long as others
 * succeeded; a call in which nothing did fails.
 */
export async function processBatch(
  { BatchInput, Items }: BackfillBatch,
  { processObject, dependencies: telling, logger, context }: Doing,
): Promise<BackfillAnswer> {
  // Whoever asked for a backfill looks at it: nobody is to be woken for what was long ago.
  const { notifier: _, ...dependencies } = telling;
  const objects = Items.filter((item) => isData(BatchInput.bucket, item, dependencies.dataBucket));
  const failed: { item: BackfillItem; error: Error }[] = [];
  let tried = 0;
  for (let longest = 0; tried < objects.length && context.getRemainingTimeInMillis() > 2 * longest; tried++) {
    const item = objects[tried]!;
    const began = performance.now();
    const subject = { bucket: BatchInput.bucket, key: item.Key, size: item.Size };
    try {
      await emptyFolder(dependencies.resources.scratch);
      const outcome = await processObject(dependencies, toObject(BatchInput.bucket, item));
      logger.info('object processed', { ...subject, outcome });
    } catch (error) {
      logger.error('object failed', { ...subject, error: error as Error });
      failed.push({ item, error: error as Error });
    }
    longest = Math.max(longest, performance.now() - began);
  }
  if (tried > 0 && failed.length === tried) throw failure(failed);
  const left = [...objects.slice(tried), ...failed.map(({ item }) => item)];
  return { BatchInput, Items: left, left: left.length };
}

interface Doing {
  processObject: ProcessObject;
  dependencies: ProcessDependencies;
  logger: Logger;
  context: Pick<Context, 'getRemainingTimeInMillis'>;
}

const failure = (failed: { item: BackfillItem; error: Error }[]): ObjectsFailedError => {
  const named = failed.slice(0, NAMED).map(({ item, error }) => `${item.Key}: ${error.message}`);
  const more = failed.length > NAMED ? [`and ${failed.length - NAMED} more`] : [];
  return new ObjectsFailedError(`${failed.length} object(s) failed: ${[...named, ...more].join('; ')}`);
};
