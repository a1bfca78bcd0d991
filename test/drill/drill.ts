import { seededDraws } from '../../layers/quality/math/intervals/seeded-draws.ts';
import { compareHearing, type Hearing } from './audience.ts';
import { compareStores } from './compare-stores.ts';
import { replacedCsv, replaces, withdraws } from './data.ts';
import type { Faults } from './faults.ts';
import { type Arrival, messageOf, UNREADABLE } from './messages.ts';
import { overtake } from './overtaken.ts';
import { add, nothingRun, type Run, run } from './run.ts';
import { tellersOf } from './tellers.ts';
import { audit, copyOf, ingest, messageAt, put, type World, worldOf } from './world.ts';

export interface DrillOptions {
  seed: string;
  objects: number;
  /** Windows that are audited once their objects are there, for each of two monitors by two calls at once. */
  windows: number;
  /** Events in all: each object's at least once, and those of what was overwritten or deleted. */
  events: number;
  faults: Faults;
}

export interface Part extends Run {
  /** Keys whose bytes are not as in the undisturbed run, after the dead letters were driven again. */
  lost: string[];
  /** Keys that the undisturbed run does not have. */
  stray: string[];
  /** What people were told, and programs. */
  people: Hearing;
  programs: Hearing;
}

/** Delivers the events, then audits the windows, with and without faults, and compares everything that was written and told. */
export async function drill(options: DrillOptions): Promise<Record<'objects' | 'audits', Part>> {
  const calm = await worldOf(options);
  const disturbed = copyOf(calm);
  const draw = seededDraws(options.seed);
  const deliver = (messages: string[]): Promise<Run> =>
    run(draw, options.faults, messages, (message, trouble) => ingest(disturbed, message, trouble));
  const ingested = await deliver(eventsOf(disturbed, overtake(disturbed, options), options.events, draw));
  for (const key of tellersOf(disturbed)) await ingest(calm, messageAt(calm, key));
  const objects = { ...ingested, ...compare(calm, disturbed) };
  const audited = nothingRun();
  for (let window = 0; window < options.windows; window++) {
    for (const message of changesOf(calm, window)) await ingest(calm, message);
    add(objects, await deliver(changesOf(disturbed, window)));
    for (const monitor of ['w', 'c']) {
      add(audited, await auditTwice(disturbed, window, monitor, options));
      await audit(calm, window, undefined, monitor);
    }
  }
  return { objects, audits: { ...audited, ...compare(calm, disturbed) } };
}

async function auditTwice(world: World, window: number, monitor: string, { seed, faults }: DrillOptions): Promise<Run> {
  const call = (name: string): Promise<Run> =>
    run(seededDraws(`${seed}, ${name} audit of ${window} of ${monitor}`), faults, [window], (_, trouble) =>
      audit(world, window, trouble, monitor),
    );
  const both = await Promise.all([call('first'), call('second')]);
  return both.reduce(add, nothingRun());
}

/** What becomes of a window's objects after they were profiled: one is deleted, or replaced. Gives the messages of that, and the old one once more. */
function changesOf(world: World, window: number): string[] {
  if (withdraws(window)) world.store.objects.delete(`hours/${window}-withdrawn.csv`);
  if (!replaces(window)) return [];
  const key = `hours/${window}.csv`;
  const before = messageAt(world, key);
  return [put(world, key, replacedCsv(window)), before, before];
}

const compare = (calm: World, disturbed: World): Omit<Part, keyof Run> => ({
  ...compareStores(calm, disturbed),
  people: compareHearing(calm.audience.people, disturbed.audience.people),
  programs: compareHearing(calm.audience.programs, disturbed.audience.programs),
});

/** Messages in no order, each object's once at least, their clocks up to a day off; and some that cannot be read. */
function eventsOf(world: World, overtaken: Arrival[], events: number, draw: () => number): string[] {
  const unseen = new Set(overtaken.map(({ key }) => key));
  const newest = world.data.map(
    (key): Arrival => ({ key, body: (unseen.has(key) && world.overtaken.get(key)) || world.store.objects.get(key)! }),
  );
  const arrivals = [...newest, ...overtaken];
  const more = Math.max(0, events - arrivals.length - UNREADABLE.length);
  const all = [...arrivals, ...Array.from({ length: more }, () => arrivals[Math.floor(draw() * arrivals.length)]!)];
  return [...all.map((arrival, i) => messageOf(arrival, draw(), i % 3 === 0)), ...UNREADABLE];
}
