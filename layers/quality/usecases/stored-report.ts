import { type Report, reportSchema } from '../contract/report.ts';
import type { ProcessDependencies } from './dependencies.ts';

/** A report under its key; null where there is none, or one that this release does not read. */
export async function storedReport({ store, dataBucket }: ProcessDependencies, key: string): Promise<Report | null> {
  const found = await store.get(dataBucket, key);
  return found === null ? null : (reportSchema.safeParse(JSON.parse(found.body.toString('utf8'))).data ?? null);
}
