import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseRecord } from '../../functions/ingest/event.ts';
import { auditDue } from '../../layers/quality/usecases/audit-due.ts';
import type { ProcessDependencies } from '../../layers/quality/usecases/dependencies.ts';
import { processObject } from '../../layers/quality/usecases/process-object.ts';
import { memoryStore } from '../usecases/memory-store.ts';
import { Audience } from './audience.ts';
import { BUCKET, objectCsv, referenceCsv, START, WINDOW, windowObjects } from './data.ts';
import { NO_FAULTS } from './faults.ts';
import { withFaultyEngine } from './faulty-engine.ts';
import { faultyStore } from './faulty-store.ts';
import { memoryOf } from './machine.ts';
import { messageOf } from './messages.ts';
import { MONITORS, muteFile } from './monitors.ts';
import { overtakingStore } from './overtaken.ts';
import { Trouble } from './trouble.ts';

/** A store with monitors, one that alerts of objects and two of windows, and who listens. */
export interface World {
  store: ReturnType<typeof memoryStore>;
  audience: Audience;
  /** Keys of the data, each to be told of by an event. */
  data: string[];
  /** What an object becomes just before it is read for the first time: other bytes, or nothing. */
  overtaken: Map<string, Buffer | null>;
}

export async function worldOf({ objects, windows }: { objects: number; windows: number }): Promise<World> {
  configured ??= configure();
  const world = { ...copyOf(await configured), data: [] as string[] };
  const add = (key: string, body: string): void => {
    put(world, key, body);
    world.data.push(key);
  };
  for (let i = 0; i < objects; i++) add(`data/object ${i}+é.csv`, objectCsv(i));
  for (let i = 0; i < windows; i++) for (const [end, body] of Object.entries(windowObjects(i))) add(`hours/${i}${end}`, body);
  return world;
}

let configured: Promise<World> | undefined;

/** The monitors with their baselines, without data. */
async function configure(): Promise<World> {
  const world: World = { store: memoryStore(), audience: new Audience(), data: [], overtaken: new Map() };
  for (const monitor of MONITORS) {
    put(world, `monitors/${monitor.monitor}/monitor.json`, JSON.stringify(monitor));
    await ingest(world, put(world, `monitors/${monitor.monitor}/baseline/input/reference.csv`, referenceCsv()));
  }
  const mute = muteFile();
  put(world, mute.key, mute.body);
  return world;
}

/** Puts an object, and gives the message of its arrival. */
export function put({ store }: World, key: string, content: string): string {
  const body = Buffer.from(content, 'latin1');
  store.objects.set(key, body);
  return messageOf({ key, body });
}

/** The message of what lies at a key now. */
export const messageAt = ({ store }: World, key: string): string => messageOf({ key, body: store.objects.get(key)! });

/** The same once more, to go another way from here. */
export function copyOf({ store, audience, data, overtaken }: World): World {
  const copy: World = { store: memoryStore(), audience: audience.copy(), data, overtaken: new Map(overtaken) };
  for (const [key, body] of store.objects) copy.store.objects.set(key, body);
  return copy;
}

const calmly = (): Trouble => new Trouble(NO_FAULTS, () => 1);

/** One message to the function that takes objects. */
export const ingest = (world: World, body: string, trouble = calmly()): Promise<unknown> =>
  invoke(world, trouble, async (deps) => {
    for (const object of parseRecord({ body }, BUCKET)) await processObject(deps, object);
  });

/** One call of the function that audits, a quarter of an hour after the window's end. */
export const audit = (world: World, window: number, trouble = calmly(), monitor = 'w'): Promise<unknown> =>
  invoke(world, trouble, (deps) => auditDue(deps, { time: START + (window + 1) * WINDOW + 900_000, monitor }));

async function invoke<T>(world: World, trouble: Trouble, work: (deps: ProcessDependencies) => Promise<T>): Promise<T> {
  const scratch = mkdtempSync(join(tmpdir(), 'assay-drill-'));
  const deps: ProcessDependencies = {
    ...{ store: faultyStore(overtakingStore(world, trouble), trouble), notifier: world.audience.notifier(trouble) },
    ...{ resources: { scratch, memoryMB: memoryOf(trouble.machine), workers: 1 }, scratchBytes: 1e9 },
    ...{ version: 'drill', dataBucket: BUCKET, log: () => undefined },
  };
  try {
    return await withFaultyEngine(trouble, () => work(deps));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
