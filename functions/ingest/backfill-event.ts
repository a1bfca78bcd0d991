import { z } from 'zod';
import { parseEventBy } from '../shared/parse-event.ts';
import { type ArrivedObject, isFolder, isOwn } from './event.ts';

/** An object as Step Functions lists it: the ETag in quotes, the time in seconds since the epoch. */
const itemSchema = z.object({
  Key: z.string().min(1),
  Etag: z.string().min(1),
  LastModified: z.number().nonnegative(),
  Size: z.number().int().nonnegative(),
});
export type BackfillItem = z.infer<typeof itemSchema>;

/** A batch of the Distributed Map. */
const batchSchema = z.object({ BatchInput: z.object({ bucket: z.string().min(3) }), Items: z.array(itemSchema) });
export type BackfillBatch = z.infer<typeof batchSchema>;

/** The batch cannot be understood: the state machine is another one. */
export class MalformedBatchError extends Error {
  override readonly name = 'MalformedBatchError';
}

/** Whether the function was called by the state machine; otherwise it was by the queue. */
export const isBatch = (event: unknown): boolean => typeof event === 'object' && event !== null && 'BatchInput' in event;

export const parseBatch = (event: unknown): BackfillBatch =>
  parseEventBy(
    batchSchema,
    event,
    (reasons) => new MalformedBatchError(`backfill batch is malformed: expected {BatchInput: {bucket}, Items: […]}; ${reasons}`),
  );

export const toObject = (bucket: string, { Key, Etag, LastModified, Size }: BackfillItem): ArrivedObject => ({
  bucket,
  key: Key,
  etag: Etag.replaceAll('"', ''),
  size: Size,
  time: new Date(LastModified * 1000).toISOString(),
});

/** Folders are none, nor is what Assay itself wrote. */
export const isData = (bucket: string, item: BackfillItem, dataBucket: string): boolean => {
  const object = toObject(bucket, item);
  return !isFolder(object) && !isOwn(object, dataBucket);
};
