import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededDraws } from '../../layers/quality/math/intervals/seeded-draws.ts';
import type { Store } from '../../layers/quality/store/store.ts';
import { type ArrivedObject, processObject } from '../../layers/quality/usecases/process-object.ts';
import { memoryStore } from '../usecases/memory-store.ts';
import { type Faults, faultyStore, NO_FAULTS } from './faulty-store.ts';
import { type Delivered, deliver } from './queue.ts';

export interface DrillOptions {
  seed: string;
  objects: number;
  /** Events in all: each object's at least once. */
  events: number;
  faults: Faults;
}

export interface DrillResult extends Delivered {
  met: Record<'refused' | 'partial' | 'killed', number>;
  /** Objects whose results are not as in the undisturbed run, after the dead letters were driven again. */
  lost: string[];
  /** Keys that the undisturbed run does not have. */
  stray: string[];
  /** Dead letters that stayed dead without faults: none may. */
  unreadable: number;
}

const HOUR = Date.UTC(2026, 2, 10) / 1000;

/** An object of 40 rows; every ninth is no table at all, every tenth has nothing in it. */
function bodyOf(i: number): string {
  if (i % 9 === 4) return Buffer.from(Array.from({ length: 400 }, (_, k) => (k * 31 + i) % 256)).toString('latin1');
  if (i % 10 === 7) return 'id,amount,at\n';
  const rows = Array.from(
    { length: 40 },
    (_, k) => `k${i}-${k},${(((i * 40 + k) * 7919) % 1009) + 0.5},${HOUR + ((i * 977 + k * 61) % 7200)}`,
  );
  return `id,amount,at\n${rows.join('\n')}\n`;
}

type MemoryStore = ReturnType<typeof memoryStore>;

async function world(objects: number): Promise<MemoryStore> {
  const store = memoryStore();
  const put = (key: string, body: string): void => void store.objects.set(key, Buffer.from(body, 'latin1'));
  const columns = { at: { role: 'time', type: 'time' } };
  put(
    'monitors/m/monitor.json',
    JSON.stringify({ schema: 'assay.monitor/1', monitor: 'm', input: { location: 's3://b/data/' }, report: 'object', columns }),
  );
  const reference = Array.from({ length: 2000 }, (_, k) => `r${k},${((k * 7919) % 1009) + 0.5},${HOUR + k * 60}`);
  put('monitors/m/baseline/input/reference.csv', `id,amount,at\n${reference.join('\n')}\n`);
  await work(store, { bucket: 'b', key: 'monitors/m/baseline/input/reference.csv', size: 1, time: '2026-03-10T12:00:00Z' });
  for (let i = 0; i < objects; i++) put(keyOf(i), bodyOf(i));
  return store;
}

const keyOf = (i: number): string => `data/object ${i}+é.csv`;

async function work(store: Store, message: ArrivedObject): Promise<string> {
  const scratch = mkdtempSync(join(tmpdir(), 'assay-drill-'));
  try {
    const resources = { scratch, memoryMB: 200, workers: 1 };
    const { status } = await processObject(
      { store, resources, scratchBytes: 1e9, version: 'drill', dataBucket: 'b', log: () => undefined },
      message,
    );
    return status;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Events in no order, each object's once at least, their clocks up to a day off. */
function eventsOf(store: MemoryStore, { objects, events }: DrillOptions, draw: () => number): ArrivedObject[] {
  return Array.from({ length: Math.max(objects, events) }, (_, i) => {
    const key = keyOf(i < objects ? i : Math.floor(draw() * objects));
    const skew = Math.round((draw() - 0.5) * 2 * 86_400_000);
    return { bucket: 'b', key, size: store.objects.get(key)!.length, time: new Date(HOUR * 1000 + skew).toISOString() };
  });
}

/** Delivers the events with and without faults and compares everything that was written. */
export async function drill(options: DrillOptions): Promise<DrillResult> {
  const calm = await world(options.objects);
  for (let i = 0; i < options.objects; i++) await work(calm, eventsOf(calm, { ...options, events: 0 }, () => 0.5)[i]!);
  const disturbed = await world(options.objects);
  const draw = seededDraws(options.seed);
  const faulty = faultyStore(disturbed, options.faults, draw);
  const delivered = await deliver(eventsOf(disturbed, options, draw), draw, (message) => work(faulty, message));
  const again = await deliver(delivered.dead, draw, (message) => work(faultyStore(disturbed, NO_FAULTS, draw), message));
  const differing = [...calm.objects].filter(([key, body]) => !disturbed.objects.get(key)?.equals(body)).map(([key]) => key);
  const stray = [...disturbed.objects.keys()].filter((key) => !calm.objects.has(key));
  return { ...delivered, met: faulty.met, lost: differing, stray, unreadable: again.dead.length };
}

/** Kills the work on one object at each of its writes in turn, before and after it, and lets it start over. The keys that then differ. */
export async function killAtEveryWrite(): Promise<{ writes: number; differing: string[] }> {
  const message = { bucket: 'b', key: keyOf(0), size: 1, time: '2026-03-10T12:00:00Z' };
  const calm = await world(1);
  const before = calm.objects.size;
  await work(calm, message);
  const writes = calm.objects.size - before;
  const differing: string[] = [];
  for (let write = 1; write <= writes; write++)
    for (const atFirst of [true, false]) {
      const store = await world(1);
      const faulty = faultyStore(store, NO_FAULTS, () => 1);
      faulty.killAt = { write, before: atFirst };
      const killed = await work(faulty, message).then(
        () => false,
        () => true,
      );
      if (!killed) differing.push(`write ${write}: was not reached`);
      await work(store, message);
      for (const [key, body] of calm.objects) if (!store.objects.get(key)?.equals(body)) differing.push(`write ${write}: ${key}`);
      if (store.objects.size !== calm.objects.size) differing.push(`write ${write}: ${store.objects.size} objects`);
    }
  return { writes, differing };
}
