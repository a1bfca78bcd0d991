import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditDue } from '../../layers/quality/usecases/audit-due.ts';
import type { ProcessDependencies } from '../../layers/quality/usecases/dependencies.ts';
import { type ArrivedObject, processObject } from '../../layers/quality/usecases/process-object.ts';
import { memoryStore } from '../usecases/memory-store.ts';
import { Audience } from './audience.ts';
import { hourCsv, objectCsv, referenceCsv, START, WINDOW } from './data.ts';
import { faultyStore } from './faulty-store.ts';
import { NO_FAULTS, Trouble } from './trouble.ts';

/** A store with two monitors, one that alerts of objects and one of windows, and who listens. */
export interface World {
  store: ReturnType<typeof memoryStore>;
  audience: Audience;
  /** Keys of the data, each to be told of by an event. */
  data: string[];
}

export async function worldOf({ objects, windows }: { objects: number; windows: number }): Promise<World> {
  const world: World = { store: memoryStore(), audience: new Audience(), data: [] };
  const put = (key: string, body: string): void => void world.store.objects.set(key, Buffer.from(body, 'latin1'));
  const add = (key: string, body: string): void => {
    put(key, body);
    world.data.push(key);
  };
  for (const [name, location, report] of [
    ['m', 'data', 'object'],
    ['w', 'hours', 'window'],
  ] as const) {
    const columns = { at: { role: 'time', type: 'time' } };
    const input = { location: `s3://b/${location}/` };
    const monitor = { schema: 'assay.monitor/1', monitor: name, input, report, windows: report === 'window' ? ['6h'] : [], columns };
    put(`monitors/${name}/monitor.json`, JSON.stringify(monitor));
    const key = `monitors/${name}/baseline/input/reference.csv`;
    put(key, referenceCsv());
    await ingest(world, { bucket: 'b', key, size: 1, time: '2026-03-10T12:00:00Z' });
  }
  for (let i = 0; i < objects; i++) add(`data/object ${i}+é.csv`, objectCsv(i));
  for (let i = 0; i < windows; i++) add(`hours/${i}.csv`, hourCsv(i));
  return world;
}

/** The same once more, to go another way from here. */
export function copyOf({ store, audience, data }: World): World {
  const copy: World = { store: memoryStore(), audience: audience.copy(), data };
  for (const [key, body] of store.objects) copy.store.objects.set(key, body);
  return copy;
}

const calmly = (): Trouble => new Trouble(NO_FAULTS, () => 1);

/** One call of the function that takes objects. */
export const ingest = (world: World, message: ArrivedObject, trouble = calmly()): Promise<unknown> =>
  invoke(world, trouble, (deps) => processObject(deps, message));

/** One call of the function that audits, a quarter of an hour after the window's end. */
export const audit = (world: World, window: number, trouble = calmly()): Promise<unknown> =>
  invoke(world, trouble, (deps) => auditDue(deps, { time: START + (window + 1) * WINDOW + 900_000, monitor: 'w' }));

async function invoke<T>({ store, audience }: World, trouble: Trouble, work: (deps: ProcessDependencies) => Promise<T>): Promise<T> {
  const scratch = mkdtempSync(join(tmpdir(), 'assay-drill-'));
  try {
    return await work({
      ...{ store: faultyStore(store, trouble), notifier: audience.notifier(trouble) },
      ...{ resources: { scratch, memoryMB: 200, workers: 1 }, scratchBytes: 1e9 },
      ...{ version: 'drill', dataBucket: 'b', log: () => undefined },
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** What is not in one store as it is in the other, and what only the other has. */
export function compareStores(calm: World, disturbed: World): { lost: string[]; stray: string[] } {
  return {
    lost: [...calm.store.objects].filter(([key, body]) => !disturbed.store.objects.get(key)?.equals(body)).map(([key]) => key),
    stray: [...disturbed.store.objects.keys()].filter((key) => !calm.store.objects.has(key)),
  };
}
