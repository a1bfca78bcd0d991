import { alertStateSchema } from '../../layers/quality/contract/alerts.ts';
import { keys } from '../../layers/quality/contract/keys.ts';
import { csv, START, unseenCsv, WINDOW } from './data.ts';
import { NO_FAULTS } from './faults.ts';
import { muteFile } from './monitors.ts';
import { Trouble } from './trouble.ts';
import { audit, copyOf, ingest, messageAt, put, type World, worldOf } from './world.ts';

type Work = (world: World, trouble?: Trouble) => Promise<unknown>;
/** Something happens to the data or to the configuration before the work comes again. */
type Change = (world: World) => Promise<unknown>;

const OBJECT = 'data/object 0+é.csv';
/** The third window is the first that fails. */
const FAILING = 2;

/**
 * Kills work at each of its steps, and before it comes again changes what it was about: so what it comes to then is another report. Gives what people or
 * programs should have been told of and were not.
 */
export async function changeAfterKill(): Promise<
  Record<'overwritten' | 'deleted' | 'mutedObject' | 'lateObject' | 'mutedWindow', string[]>
> {
  const object = await worldOf({ objects: 1, windows: 0 });
  const arrived = messageAt(object, OBJECT);
  const onObject: Work = (world, trouble) => ingest(world, arrived, trouble);
  const windows = await worldOf({ objects: 0, windows: FAILING + 1 });
  for (const key of windows.data) await ingest(windows, messageAt(windows, key));
  for (let window = 0; window < FAILING; window++) await audit(windows, window);
  const onWindow: Work = (world, trouble) => audit(world, FAILING, trouble);
  return {
    overwritten: await untold(object, 'm/object', onObject, (world) => ingest(world, put(world, OBJECT, GOOD))),
    deleted: await untold(object, 'm/object', onObject, async (world) => world.store.objects.delete(OBJECT)),
    mutedObject: await untold(object, 'm/object', onObject, (world) => mute(world, 'm')),
    lateObject: await untold(windows, 'w/6h', onWindow, (world) => ingest(world, put(world, 'hours/late.csv', LATE))),
    mutedWindow: await untold(windows, 'w/6h', onWindow, (world) => mute(world, 'w')),
  };
}

const GOOD = csv([{ id: 'a', amount: 1, count: 2, kind: 'red', at: new Date(START).toISOString() }]);
const LATE = unseenCsv(0, START + FAILING * WINDOW);
const mute = async (world: World, monitor: string): Promise<unknown> => put(world, muteFile(monitor).key, muteFile(monitor).body);

async function untold(start: World, stream: string, work: Work, change: Change): Promise<string[]> {
  const counted = new Trouble(NO_FAULTS, () => 1);
  await work(copyOf(start), counted);
  const found: string[] = [];
  for (let step = 1; step <= counted.steps; step++) {
    const world = copyOf(start);
    const trouble = new Trouble(NO_FAULTS, () => 1);
    trouble.killAt = { step, before: false };
    await work(world, trouble).catch(() => undefined);
    await change(world);
    await work(world);
    const silent =
      world.store.objects.has(OBJECT) === start.store.objects.has(OBJECT) && world.audience.programs.size === start.audience.programs.size;
    found.push(...[...unheard(world, stream), ...(silent ? ['programs heard nothing'] : [])].map((what) => `after step ${step}: ${what}`));
  }
  return found;
}

/** Messages that were decided on and never heard. */
function unheard({ store, audience }: World, stream: string): string[] {
  const [monitor, name] = stream.split('/') as [string, string];
  const state = store.objects.get(keys.alerts(monitor, name));
  const { messages, unsent } = state ? alertStateSchema.parse(JSON.parse(state.toString())) : { messages: 0, unsent: [] };
  const heard = new Set([...audience.people.keys()].map((words) => (JSON.parse(words) as { number: number }).number));
  const numbers = Array.from({ length: messages }, (_, i) => i + 1).filter((number) => !heard.has(number));
  return [
    ...numbers.map((number) => `message ${number} was not heard`),
    ...unsent.map(({ number }) => `message ${number} is not crossed off`),
  ];
}
