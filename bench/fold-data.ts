import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { keys } from '../layers/quality/contract/keys.ts';
import { Database, quoteText } from '../layers/quality/engine/database.ts';
import type { ProcessDependencies } from '../layers/quality/usecases/dependencies.ts';
import { processObject } from '../layers/quality/usecases/process-object.ts';
import { benchFile, FOLDER, REFERENCE_ROWS } from './data.ts';
import { etagOf, folderStore } from './folder-store.ts';

export const BUCKET = 'bench';
export const MONITOR = 'fold';
export const ROWS = 5000;
const DISTINCT = 100;
const HOUR = 3_600_000;
export const DAY = Date.UTC(2026, 6, 1);
const VERSION = 1;

export const CONFIGURATION = {
  schema: 'assay.monitor/1',
  monitor: MONITOR,
  problem: 'none',
  report: 'window',
  records: 'none',
  input: { location: `s3://${BUCKET}/data/` },
  columns: { id: { role: 'id' }, time: { role: 'time' } },
};

/** The store of a monitor with so many profiles of one day, each of an object of 5,000 rows; made on first use. Folder of the store. */
export async function foldFolder(profiles: number): Promise<string> {
  const folder = join(FOLDER, `fold-${profiles}.v${VERSION}`);
  if (existsSync(folder)) return folder;
  const made = `${folder}.part`;
  rmSync(made, { recursive: true, force: true });
  const scratch = mkdtempSync(join(tmpdir(), 'assay-fold-'));
  const store = folderStore(made);
  const deps: ProcessDependencies = {
    ...{ store, scratchBytes: 1e10, version: 'bench', dataBucket: BUCKET, log: () => {} },
    resources: { scratch, memoryMB: 1000, workers: 1 },
  };
  const arrive = async (key: string, path: string): Promise<void> => {
    mkdirSync(join(made, key, '..'), { recursive: true });
    copyFileSync(path, join(made, key));
    await processObject(deps, { bucket: BUCKET, key, size: statSync(path).size, time: new Date(DAY).toISOString() });
  };
  try {
    await store.create(BUCKET, keys.monitor(MONITOR), Buffer.from(JSON.stringify(CONFIGURATION)), 'application/json');
    await arrive(`${keys.baselineInput(MONITOR)}reference.parquet`, await benchFile('reference', REFERENCE_ROWS, 1));
    const distinct = Math.min(DISTINCT, profiles);
    for (const [i, path] of (await objectFiles(distinct, scratch)).entries()) await arrive(`data/${i}.parquet`, path);
    await copies(deps, made, profiles, distinct);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  renameSync(made, folder);
  return folder;
}

/** Parquet files of 5,000 rows, each within one hour of the day. */
export async function objectFiles(count: number, scratch: string): Promise<string[]> {
  const rows = await benchFile('rows', count * ROWS, 2);
  const database = await Database.open({ scratch, memoryMB: 1000, threads: 2, allowed: [FOLDER, scratch] });
  try {
    const paths = Array.from({ length: count }, (_, i) => join(scratch, `object-${i}.parquet`));
    for (const [i, path] of paths.entries()) {
      const micros = (DAY + (i % 24) * HOUR) * 1000;
      const time = `make_timestamp(${micros} + ((row_number() OVER () - 1) % ${ROWS} * 700000))`;
      const selected = `SELECT * REPLACE (${time} AS time) FROM read_parquet(${quoteText(rows)}) LIMIT ${ROWS} OFFSET ${i * ROWS}`;
      await database.run(`COPY (${selected}) TO ${quoteText(path)} (FORMAT parquet)`);
    }
    return paths;
  } finally {
    database.close();
  }
}

/** Profiles of distinct objects again and again, as those of other objects. */
async function copies({ store }: ProcessDependencies, folder: string, profiles: number, distinct: number): Promise<void> {
  const listed = await store.list(BUCKET, `profiles/monitor=${MONITOR}/`);
  const bodies = await Promise.all(listed.map(async ({ key }) => JSON.parse(gunzipSync((await store.get(BUCKET, key))!.body).toString())));
  if (bodies.length !== distinct) throw new Error(`bench: expected ${distinct} profiles of one hour each, got ${bodies.length}`);
  for (const room of ['profiles', 'reports', 'metrics', 'data']) rmSync(join(folder, room), { recursive: true });
  for (let i = 0; i < profiles; i++) {
    const key = `data/${i}.parquet`;
    const of = {
      ...bodies[i % distinct].object,
      uri: `s3://${BUCKET}/${key}`,
      etag: etagOf(key),
      sha256: createHash('sha256').update(key).digest('hex'),
    };
    const place = join(folder, keys.profile(MONITOR, DAY + (i % 24) * HOUR, of.sha256.slice(0, 32)));
    mkdirSync(join(place, '..'), { recursive: true });
    writeFileSync(place, gzipSync(JSON.stringify({ ...bodies[i % distinct], object: of })));
  }
}
