import { readFileSync, writeFileSync } from 'node:fs';
import type { Store } from '../../layers/quality/store/store.ts';
import { noSpace } from './machine.ts';
import type { Trouble } from './trouble.ts';

/** A store whose calls fail, and whose writes kill. */
export const faultyStore = (store: Store, trouble: Trouble): Store => ({
  download: (ref, path) =>
    trouble.read(async () => {
      const got = await store.download(ref, path);
      const halve = (): void => {
        const body = readFileSync(path);
        writeFileSync(path, body.subarray(0, body.length >> 1));
      };
      trouble.write(() => {
        halve();
        return noSpace();
      });
      trouble.breakOff(halve);
      return got;
    }),
  get: (...args) => trouble.call(() => store.get(...args)),
  head: (...args) => trouble.call(() => store.head(...args)),
  list: (...args) => trouble.call(() => store.list(...args)),
  folders: (...args) => trouble.call(() => store.folders(...args)),
  presignGet: (...args) => store.presignGet(...args),
  presignPut: (...args) => store.presignPut(...args),
  create: (...args) => trouble.step(() => store.create(...args)),
  replace: (...args) => trouble.step(() => store.replace(...args)),
});
