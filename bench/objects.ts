import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { makeBaseline, makeHours } from '../examples/credit-risk/data.ts';
import { keys } from '../layers/quality/contract/keys.ts';
import type { Store } from '../layers/quality/store/store.ts';
import { processObject } from '../layers/quality/usecases/process-object.ts';
import { benchFile, REFERENCE_ROWS } from './data.ts';
import { BUCKET, CONFIGURATION, MONITOR, objectFiles } from './fold-data.ts';
import { folderStore } from './folder-store.ts';

/** What one object costs: processor seconds in one thread, bytes, and requests to the store. Feeds `bench/scale-model.ts`. */
const RUNS = Number(process.env.BENCH_RUNS ?? 20);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Shape {
  name: string;
  monitor: string;
  configuration: object;
  reference: { name: string; body: Buffer };
  /** Bodies of objects; those that come after the last are the first again, under another key. */
  objects: Buffer[];
  location: string;
}

function counted(store: Store): { store: Store; counts: Record<string, number> } {
  const counts: Record<string, number> = {};
  const count = (name: string, target: (...args: never[]) => unknown) => {
    return (...args: never[]) => {
      counts[name] = (counts[name] ?? 0) + 1;
      if (name === 'create') counts.bytes = (counts.bytes ?? 0) + (args[2] as unknown as Buffer).length;
      return target(...args);
    };
  };
  const wrapped = Object.fromEntries(Object.entries(store).map(([name, target]) => [name, count(name, target)]));
  return { store: wrapped as unknown as Store, counts };
}

async function measured({ name, monitor, configuration, reference, objects, location }: Shape): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'assay-objects-'));
  const put = (key: string, body: Buffer): void => {
    mkdirSync(dirname(join(folder, key)), { recursive: true });
    writeFileSync(join(folder, key), body);
  };
  const { store, counts } = counted(folderStore(folder));
  const deps = {
    ...{ store, scratchBytes: 1e10, version: 'bench', dataBucket: BUCKET, log: () => {} },
    resources: { scratch: join(folder, '.scratch'), memoryMB: 1000, workers: 1 },
  };
  const arrive = async (key: string, body: Buffer): Promise<void> => {
    put(key, body);
    await processObject(deps, { bucket: BUCKET, key, size: body.length, time: '2026-07-02T00:00:00Z' });
  };
  try {
    put(keys.monitor(monitor), Buffer.from(JSON.stringify(configuration)));
    await arrive(`${keys.baselineInput(monitor)}${reference.name}`, reference.body);
    await arrive(`${location}warm`, objects[0]!);
    for (const key of Object.keys(counts)) delete counts[key];
    const before = process.cpuUsage();
    for (let run = 0; run < RUNS; run++) await arrive(`${location}${run}`, objects[run % objects.length]!);
    const { user, system } = process.cpuUsage(before);
    const of = (...names: string[]): string => (names.reduce((sum, each) => sum + (counts[each] ?? 0), 0) / RUNS).toFixed(0);
    const bytes = objects.reduce((sum, { length }) => sum + length, 0) / objects.length;
    say(
      `| ${name} | ${(bytes / 1e6).toFixed(2)} MB | ${((user + system) / 1e6 / RUNS).toFixed(2)} s | ${of('get', 'head', 'download')} | ${of('create', 'replace', 'list', 'folders')} | ${((counts.bytes ?? 0) / RUNS / 1000).toFixed(0)} kB |`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const configuration = JSON.parse(readFileSync(join(import.meta.dirname, '../examples/credit-risk/monitor.json'), 'utf8'));
const location = `s3://${BUCKET}/data/`;
const hours = makeHours(1).filter(({ trouble }) => trouble === null);
const parquet = await objectFiles(RUNS, mkdtempSync(join(tmpdir(), 'assay-objects-')));

say(
  `${RUNS} objects of 5,000 rows each (Node ${process.version})\n\n| object | size | processor time | GET and HEAD | PUT and LIST | written |\n|---|---|---|---|---|---|`,
);
await measured({
  name: 'data capture, 16 columns, judged by window',
  monitor: 'credit-risk',
  configuration: { ...configuration, input: { ...configuration.input, location } },
  reference: {
    name: 'june.jsonl',
    body: Buffer.from(
      makeBaseline(1)
        .map(({ body }) => body)
        .join(''),
    ),
  },
  objects: [0, 1, 2].map((i) =>
    Buffer.from(
      hours
        .slice(5 * i, 5 * i + 5)
        .map(({ body }) => body)
        .join(''),
    ),
  ),
  location: 'data/',
});
await measured({
  name: 'Parquet, 20 columns, judged by window',
  monitor: MONITOR,
  configuration: CONFIGURATION,
  reference: { name: 'reference.parquet', body: readFileSync(await benchFile('reference', REFERENCE_ROWS, 1)) },
  objects: parquet.map((path) => readFileSync(path)),
  location: 'data/',
});
await measured({
  name: 'Parquet, 20 columns, every object judged',
  monitor: MONITOR,
  configuration: { ...CONFIGURATION, report: 'object' },
  reference: { name: 'reference.parquet', body: readFileSync(await benchFile('reference', REFERENCE_ROWS, 1)) },
  objects: parquet.map((path) => readFileSync(path)),
  location: 'data/',
});
