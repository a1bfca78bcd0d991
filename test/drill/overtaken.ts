import type { Store } from '../../layers/quality/store/store.ts';
import { START, unseenCsv, WINDOW } from './data.ts';
import type { Arrival } from './messages.ts';
import type { Trouble } from './trouble.ts';
import type { World } from './world.ts';

/** Every so many objects one is overwritten before anybody reads it; and as many others are deleted. */
const EVERY = 5;

/**
 * Lets objects be overwritten, or deleted, just before somebody reads them for the first time: until then something else lies there. Gives what was there, whose
 * events were sent as well. The deleted ones are in this world alone.
 */
export function overtake({ store, data, overtaken }: World, { objects, windows }: { objects: number; windows: number }): Arrival[] {
  const put = (key: string, i: number, at: number): Arrival => {
    const body = Buffer.from(unseenCsv(i, at));
    overtaken.set(key, store.objects.get(key) ?? null);
    store.objects.set(key, body);
    return { key, body };
  };
  const overwritten = data.filter((_, i) => i % EVERY === 2).map((key, i) => put(key, i, START));
  const deleted = Array.from({ length: Math.ceil(objects / EVERY) }, (_, i) => put(`data/gone ${i}.csv`, i, START));
  const ofWindows = Array.from({ length: Math.ceil(windows / EVERY) }, (_, i) =>
    put(`hours/${i * EVERY}-gone.csv`, i, START + i * EVERY * WINDOW),
  );
  return [...overwritten, ...deleted, ...ofWindows];
}

/** The store where this happens. */
export const overtakingStore = ({ store, overtaken }: World, trouble: Trouble): Store => ({
  ...store,
  download(ref, path) {
    const next = overtaken.get(ref.key);
    if (next !== undefined) {
      overtaken.delete(ref.key);
      trouble.met[next === null ? 'deleted' : 'overwritten']++;
      if (next === null) store.objects.delete(ref.key);
      else store.objects.set(ref.key, next);
    }
    return store.download(ref, path);
  },
});
