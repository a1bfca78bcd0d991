import { compareHearing } from './audience.ts';
import { compareStores } from './compare-stores.ts';
import { NO_FAULTS } from './faults.ts';
import { Trouble } from './trouble.ts';
import { audit, copyOf, ingest, messageAt, type World, worldOf } from './world.ts';

export interface Killing {
  /** Everything the work writes or sends, one after the other. */
  steps: number;
  /** What then was not as if nothing had happened. */
  differing: string[];
  /** Kills after which people, or programs, were told a second time. */
  repeated: number;
}

type Work = (world: World, trouble?: Trouble) => Promise<unknown>;

/** An object that fails, and people are told. */
const objectThatFails: Work = (world, trouble) => ingest(world, messageAt(world, world.data[0]!), trouble);

/** Kills the work on an object, and on a window, at each of its steps in turn, before and after it, and lets it start over. */
export const killAtEveryStep = async (): Promise<Record<'object' | 'window', Killing>> => ({
  object: await kill(await worldOf({ objects: 1, windows: 0 }), objectThatFails),
  window: await kill(await worldWithWindow(), (world, trouble) => audit(world, FAILING, trouble)),
});

/** The third window is the first that fails. */
const FAILING = 2;

async function worldWithWindow(): Promise<World> {
  const world = await worldOf({ objects: 0, windows: FAILING + 1 });
  for (const key of world.data) await ingest(world, messageAt(world, key));
  for (let window = 0; window < FAILING; window++) await audit(world, window);
  return world;
}

async function kill(start: World, work: Work): Promise<Killing> {
  const calm = copyOf(start);
  const counted = new Trouble(NO_FAULTS, () => 1);
  await work(calm, counted);
  const killing: Killing = { steps: counted.steps, differing: [], repeated: 0 };
  for (let step = 1; step <= counted.steps; step++)
    for (const before of [true, false]) {
      const world = copyOf(start);
      const trouble = new Trouble(NO_FAULTS, () => 1);
      trouble.killAt = { step, before };
      await work(world, trouble).catch(() => undefined);
      await work(world);
      const { lost, stray } = compareStores(calm, world);
      const [people, programs] = (['people', 'programs'] as const).map((who) => compareHearing(calm.audience[who], world.audience[who]));
      const differing = [...lost, ...stray, ...[people!, programs!].flatMap((hearing) => [...hearing.lost, ...hearing.astray])];
      if (trouble.met.killed !== 1) differing.push('was not reached');
      killing.differing.push(...differing.map((what) => `${before ? 'before' : 'after'} step ${step}: ${what}`));
      if (people!.repeated + programs!.repeated > 0) killing.repeated++;
    }
  return killing;
}
