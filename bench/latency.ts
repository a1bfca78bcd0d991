import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keys } from '../layers/quality/contract/keys.ts';
import { createS3Store } from '../layers/quality/store/s3.ts';
import type { Store } from '../layers/quality/store/store.ts';
import { processObject } from '../layers/quality/usecases/process-object.ts';
import { DATA_BUCKET, startAssayCloud } from '../local/assay-cloud.ts';
import { startS3 } from '../local/index.ts';
import { benchFile, REFERENCE_ROWS } from './data.ts';
import { CONFIGURATION, MONITOR, objectFiles } from './fold-data.ts';
import { folderStore } from './folder-store.ts';

/**
 * From an object's arrival to its report in the embedded cloud: `npm run build && npx tsx bench/latency.ts`. BENCH_OBJECTS objects (200) of 5,000 rows
 * × 20 columns, one after the other, with a function that is warm; BENCH_COLD (20) with one that has yet to start. What of it is the engine, S3 and the
 * rest comes of the same work done in this process: over a folder, over the same S3 server, and through queue and function.
 */
const OBJECTS = Number(process.env.BENCH_OBJECTS ?? 200);
const COLD = Number(process.env.BENCH_COLD ?? 20);
const root = join(import.meta.dirname, '..');
const folder = (): string => mkdtempSync(join(tmpdir(), 'assay-latency-'));
const made = folder();
const bodies = (await objectFiles(Math.min(100, OBJECTS), made)).map((path) => readFileSync(path));
const body = (i: number): Buffer => bodies[i % bodies.length]!;
const reference = readFileSync(await benchFile('reference', REFERENCE_ROWS, 1));
const configuration = { ...CONFIGURATION, report: 'object', input: { location: `s3://${DATA_BUCKET}/data/` } };

const at = (sorted: number[], share: number): string =>
  `${sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!.toFixed(0)} ms`;
const row = (name: string, milliseconds: number[]): void => {
  const sorted = milliseconds.toSorted((a, b) => a - b);
  process.stdout.write(`| ${name} | ${sorted.length} | ${at(sorted, 0.5)} | ${at(sorted, 0.95)} |\n`);
};

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

async function prepare(store: Store): Promise<void> {
  await store.create(DATA_BUCKET, `${keys.baselineInput(MONITOR)}reference.parquet`, reference, 'application/vnd.apache.parquet');
  await store.create(DATA_BUCKET, keys.monitor(MONITOR), Buffer.from(JSON.stringify(configuration)), 'application/json');
}

/** The use case alone, in this process. */
async function direct(store: Store, count: number): Promise<number[]> {
  const scratch = folder();
  const deps = { store, scratchBytes: 1e10, version: 'bench', dataBucket: DATA_BUCKET, log: () => {} };
  const arrive = (key: string, size: number) =>
    processObject(
      { ...deps, resources: { scratch, memoryMB: 1000, workers: 1 } },
      { bucket: DATA_BUCKET, key, size, time: '2026-07-01T00:00:00Z' },
    );
  try {
    await prepare(store);
    await arrive(keys.monitor(MONITOR), 1);
    const times: number[] = [];
    for (let i = 0; i < count; i++) {
      const key = `data/${i}.parquet`;
      await store.create(DATA_BUCKET, key, body(i), 'application/vnd.apache.parquet');
      times.push(await timed(() => arrive(key, body(i).length)));
    }
    return times.slice(1);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Through queue and function, over a folder that is kept: whoever starts it again finds the baseline, and no process. */
async function arriving(directory: string, first: number, count: number): Promise<number[]> {
  const cloud = await startAssayCloud({ directory, root, concurrency: 1 });
  process.env.AWS_ENDPOINT_URL_S3 = cloud.s3Url;
  try {
    const store = createS3Store();
    if (first === 0) await prepare(store);
    await cloud.idle();
    const times: number[] = [];
    for (let i = first; i < first + count; i++)
      times.push(
        await timed(async () => {
          await store.create(DATA_BUCKET, `data/${i}.parquet`, body(i), 'application/vnd.apache.parquet');
          await cloud.idle();
        }),
      );
    return times;
  } finally {
    await cloud.close();
  }
}

Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', AWS_REGION: 'us-east-1' });
process.stdout.write(
  `5,000 rows × 20 columns, Node ${process.version}, milliseconds\n\n| | objects | median | p95 |\n| --- | --- | --- | --- |\n`,
);
const directory = folder();
row('object to report, warm', await arriving(directory, 0, OBJECTS));
const cold: number[] = [];
for (let i = 0; i < COLD; i++) cold.push(...(await arriving(directory, OBJECTS + i, 1)));
row('object to report, cold', cold);
const kept = folder();
row('the engine alone (over a folder)', await direct(folderStore(kept), Math.min(50, OBJECTS)));
const served = folder();
const s3 = await startS3({ directory: served });
s3.createBucket(DATA_BUCKET);
process.env.AWS_ENDPOINT_URL_S3 = s3.url;
row('engine and S3', await direct(createS3Store(), Math.min(50, OBJECTS)));
await s3.close();
for (const each of [made, kept, directory, served]) rmSync(each, { recursive: true, force: true });
