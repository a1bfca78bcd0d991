import { readFileSync, writeFileSync } from 'node:fs';
import type { Store } from '../../layers/quality/store/store.ts';

/** The process ends here: nothing after it happens, what was written stays. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

/** S3 answering 500 or 503, or breaking off. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}

export interface Faults {
  /** Chance that a call is refused. */
  refused: number;
  /** Chance that a download breaks off half way. */
  partial: number;
  /** Chance that the process is killed just before a write, and just after one. */
  killedBefore: number;
  killedAfter: number;
  /** Milliseconds a call may take longer. */
  slow: number;
}

export const NO_FAULTS: Faults = { refused: 0, partial: 0, killedBefore: 0, killedAfter: 0, slow: 0 };

export interface FaultyStore extends Store {
  /** Faults that happened, by kind. */
  met: Record<'refused' | 'partial' | 'killed', number>;
  /** Kills at this write, counted from 1; null for none. Counts again from the next set. */
  killAt: { write: number; before: boolean } | null;
}

/** A store whose calls fail by chance, the same for the same draws. */
export function faultyStore(store: Store, faults: Faults, draw: () => number): FaultyStore {
  const met = { refused: 0, partial: 0, killed: 0 };
  let writes = 0;
  const fail = (kind: keyof typeof met, error: Error): never => {
    met[kind]++;
    throw error;
  };
  const meet = async (): Promise<void> => {
    if (faults.slow > 0) await new Promise((resolve) => setTimeout(resolve, draw() * faults.slow));
    if (draw() < faults.refused) fail('refused', new Unavailable('503 Slow Down'));
  };
  const made: FaultyStore = {
    met,
    set killAt(at) {
      writes = 0;
      planned = at;
    },
    get killAt() {
      return planned;
    },
    async download(ref, path) {
      await meet();
      const got = await store.download(ref, path);
      if (draw() >= faults.partial) return got;
      const body = readFileSync(path);
      writeFileSync(path, body.subarray(0, body.length >> 1));
      return fail('partial', new Unavailable('the connection was closed'));
    },
    async get(...args) {
      await meet();
      return store.get(...args);
    },
    async head(...args) {
      await meet();
      return store.head(...args);
    },
    async list(...args) {
      await meet();
      return store.list(...args);
    },
    async folders(...args) {
      await meet();
      return store.folders(...args);
    },
    presignGet: (...args) => store.presignGet(...args),
    presignPut: (...args) => store.presignPut(...args),
    create: (...args) => write(() => store.create(...args)),
    replace: (...args) => write(() => store.replace(...args)),
  };
  let planned: FaultyStore['killAt'] = null;
  async function write<T>(put: () => Promise<T>): Promise<T> {
    await meet();
    writes++;
    const here = planned !== null && planned.write === writes;
    if ((here && planned!.before) || draw() < faults.killedBefore) fail('killed', new Killed(`before write ${writes}`));
    const result = await put();
    if ((here && !planned!.before) || draw() < faults.killedAfter) fail('killed', new Killed(`after write ${writes}`));
    return result;
  }
  return made;
}
