import { compareStores } from './compare-stores.ts';
import { csv, START, WINDOW } from './data.ts';
import { type Lack, NO_FAULTS } from './faults.ts';
import { Trouble } from './trouble.ts';
import { audit, copyOf, ingest, messageAt, put, type World, worldOf } from './world.ts';

export interface Refusing {
  /** Statements of the engine that were refused, one after the other, and writes to a full /tmp. */
  refused: number;
  /** What then was not as if nothing had happened. */
  differing: string[];
}

type Work = (world: World, trouble?: Trouble) => Promise<unknown>;

/** Refuses the engine's statements, and writes to /tmp, in turn: nothing untrue may be written because of it, and the next attempt does what is left. */
export async function refuseEveryStatement(): Promise<Record<'table' | 'lines' | 'window', Refusing>> {
  const world = await worldOf({ objects: 0, windows: 1 });
  put(world, TABLE, `${csv([{ id: 'a', amount: 1, count: 2, kind: 'red', at: iso(0) }])}cut off\n`);
  put(world, LINES, `${JSON.stringify({ id: 'b', amount: 3, count: 4, kind: 'red', at: iso(60_000) })}\n`);
  const judged = copyOf(world);
  for (const key of world.data) await ingest(judged, messageAt(judged, key));
  const objectAt =
    (key: string): Work =>
    (each, trouble) =>
      ingest(each, messageAt(each, key), trouble);
  return {
    table: await refuse(world, objectAt(TABLE)),
    lines: await refuse(world, objectAt(LINES)),
    window: await refuse(judged, (each, trouble) => audit(each, 0, trouble)),
  };
}

const TABLE = 'data/table.csv';
const LINES = 'data/lines.jsonl';
const iso = (after: number): string => new Date(START + WINDOW / 2 + after).toISOString();

async function refuse(start: World, work: Work): Promise<Refusing> {
  const calm = copyOf(start);
  const counted = new Trouble(NO_FAULTS, () => 1);
  await work(calm, counted);
  const refusing: Refusing = { refused: 0, differing: [] };
  for (const [lacks, most] of [
    ['memory', counted.statements],
    ['disk', counted.writes],
  ] as const)
    for (let at = 1; at <= most; at++) {
      const trouble = new Trouble(NO_FAULTS, () => 1);
      const differing = await attempt(start, calm, work, Object.assign(trouble, { machine: { lacks, at } }), lacks);
      refusing.differing.push(...differing.map((what) => `${lacks} ${at}: ${what}`));
      refusing.refused++;
    }
  return refusing;
}

async function attempt(start: World, calm: World, work: Work, trouble: Trouble, lacks: Lack): Promise<string[]> {
  const world = copyOf(start);
  const failed = await work(world, trouble).then(
    () => ['was not reached, or nobody minded'],
    () => (trouble.met[lacks] === 1 ? [] : ['failed for something else']),
  );
  const untrue = compareStores(calm, world).stray;
  await work(world);
  const { lost, stray } = compareStores(calm, world);
  return [...failed, ...untrue, ...lost, ...stray];
}
