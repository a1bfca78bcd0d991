import type { World } from './world.ts';

/** What is not in one store as it is in the other, and what only the other has. */
export function compareStores(calm: World, disturbed: World): { lost: string[]; stray: string[] } {
  return {
    lost: [...calm.store.objects].filter(([key, body]) => !disturbed.store.objects.get(key)?.equals(body)).map(([key]) => key),
    stray: [...disturbed.store.objects.keys()].filter((key) => !calm.store.objects.has(key)),
  };
}
