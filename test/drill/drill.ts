import { seededDraws } from '../../layers/quality/math/intervals/seeded-draws.ts';
import type { ArrivedObject } from '../../layers/quality/usecases/process-object.ts';
import { compareHearing, type Hearing } from './audience.ts';
import { type Delivered, deliver } from './queue.ts';
import { tellersOf } from './tellers.ts';
import { type Faults, type Met, NO_FAULTS, nothingMet, Trouble } from './trouble.ts';
import { audit, compareStores, copyOf, ingest, type World, worldOf } from './world.ts';

export interface DrillOptions {
  seed: string;
  objects: number;
  /** Windows that are audited once their objects are there, each by two calls at once. */
  windows: number;
  /** Events in all: each object's at least once. */
  events: number;
  faults: Faults;
}

export interface Part extends Omit<Delivered<unknown>, 'dead'> {
  met: Met;
  dead: number;
  /** Dead letters that stayed dead without faults: none may. */
  unreadable: number;
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
  const ingested = await run(draw, options.faults, eventsOf(disturbed, options, draw), (message, trouble) =>
    ingest(disturbed, message, trouble),
  );
  for (const key of tellersOf(disturbed)) await ingest(calm, eventOf(calm, key, 0.5));
  const objects = { ...ingested, ...compare(calm, disturbed) };
  const audited = nothingRun();
  for (let window = 0; window < options.windows; window++) {
    const call = (name: string): Promise<Run> =>
      run(seededDraws(`${options.seed}, ${name} audit of ${window}`), options.faults, [window], (_, trouble) =>
        audit(disturbed, window, trouble),
      );
    for (const each of await Promise.all([call('first'), call('second')])) add(audited, each);
    await audit(calm, window);
  }
  return { objects, audits: { ...audited, ...compare(calm, disturbed) } };
}

type Run = Omit<Part, 'lost' | 'stray' | 'people' | 'programs'>;
const nothingRun = (): Run => ({ sent: 0, delivered: 0, retried: 0, dead: 0, unreadable: 0, met: nothingMet() });

/** Delivers with faults, and what is dead then once more without. */
async function run<Message>(
  draw: () => number,
  faults: Faults,
  messages: Message[],
  work: (message: Message, trouble: Trouble) => Promise<unknown>,
): Promise<Run> {
  const met = nothingMet();
  const delivered = await deliver(messages, draw, (message) => work(message, new Trouble(faults, draw, met)));
  const again = await deliver(delivered.dead, draw, (message) => work(message, new Trouble(NO_FAULTS, draw)));
  return { ...delivered, met, dead: delivered.dead.length, unreadable: again.dead.length };
}

function add(total: Run, { met, ...counts }: Run): void {
  for (const name of Object.keys(counts) as (keyof typeof counts)[]) total[name] += counts[name];
  for (const kind of Object.keys(met) as (keyof Met)[]) total.met[kind] += met[kind];
}

const compare = (calm: World, disturbed: World): Pick<Part, 'lost' | 'stray' | 'people' | 'programs'> => ({
  ...compareStores(calm, disturbed),
  people: compareHearing(calm.audience.people, disturbed.audience.people),
  programs: compareHearing(calm.audience.programs, disturbed.audience.programs),
});

/** Events in no order, each object's once at least, their clocks up to a day off. */
const eventsOf = (world: World, { events }: DrillOptions, draw: () => number): ArrivedObject[] =>
  Array.from({ length: Math.max(world.data.length, events) }, (_, i) => {
    const key = world.data[i] ?? world.data[Math.floor(draw() * world.data.length)]!;
    return eventOf(world, key, draw());
  });

/** An event of an object; `skew` 0.5 is a clock that is right. */
function eventOf({ store }: World, key: string, skew: number): ArrivedObject {
  const time = new Date(Date.UTC(2026, 2, 10, 12) + Math.round((skew - 0.5) * 2 * 86_400_000)).toISOString();
  return { bucket: 'b', key, size: store.objects.get(key)!.length, time };
}
