import { filedUnder, keys } from '../contract/keys.ts';
import type { Window } from './audit-parts.ts';
import type { ProcessDependencies } from './dependencies.ts';

export const EARLY = 'The window ended before the monitor was there and before anything came for it: that there are no rows is no fault.';

/** Whether a window ended before the monitor was there and before anything came for it: that nothing is in it is no fault then. */
export async function isEarly({ store, dataBucket }: ProcessDependencies, monitor: string, { to }: Window): Promise<boolean> {
  const file = await store.head(dataBucket, keys.monitor(monitor));
  if (file === null || file.lastModified.getTime() < to) return false;
  const root = keys.profiles(monitor);
  const [date] = await store.folders(dataBucket, root);
  if (date === undefined) return true;
  const [hour] = await store.folders(dataBucket, `${root}${date}/`);
  const [first] = hour === undefined ? [] : await store.list(dataBucket, `${root}${date}/${hour}/`);
  const filed = first === undefined ? null : filedUnder(first.key);
  return filed === null || filed.hour >= to;
}
