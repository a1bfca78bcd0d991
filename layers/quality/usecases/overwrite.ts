import type { ProcessDependencies } from './dependencies.ts';

const ATTEMPTS = 5;

/** Writes a file in the data bucket in the place of whatever is there; JSON unless said. */
export async function overwrite(
  { store, dataBucket: bucket }: ProcessDependencies,
  key: string,
  content: string | Buffer,
  type = 'application/json',
): Promise<void> {
  const body = Buffer.from(content);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const there = await store.head(bucket, key);
    if (await store.replace(bucket, key, body, type, there?.etag ?? null)) return;
  }
  throw new Error(`s3://${bucket}/${key} was written by others ${ATTEMPTS} times meanwhile`);
}
