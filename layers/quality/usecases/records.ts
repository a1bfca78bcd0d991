import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Column, Role } from '../contract/columns.ts';
import { keys } from '../contract/keys.ts';
import type { Monitor } from '../contract/monitor.ts';
import type { Dataset } from '../dataset/open-dataset.ts';
import { type Database, quoteName, quoteText } from '../engine/database.ts';
import { sourceSql } from '../engine/source-sql.ts';
import type { CheckedBatch } from './check-batch.ts';
import { monitorOutcomes } from './monitors.ts';
import { sourceOf } from './profile-dataset.ts';

/** Writes an object of the data bucket. */
export type Put = (key: string, body: Buffer, type: string) => Promise<void>;

const JOINED: readonly Role[] = ['id', 'time', 'prediction', 'score', 'label', 'weight', 'segment'];
/** What ground truth names a captured record by, whatever role the columns have. */
const CAPTURED = ['inference_id', 'event_id'];

export interface RecordsRequest {
  put: Put;
  monitor: Monitor;
  dataset: Dataset;
  checked: CheckedBatch;
  hash: string;
  database: Database;
  scratch: string;
}

/** Keeps what labels and audits will need of each row, one Parquet file an hour: never more columns than the monitor allows. */
export async function writeRecords({ put, monitor, dataset, checked, hash, database, scratch }: RecordsRequest): Promise<void> {
  const columns = keptColumns(monitor, checked.columns, dataset);
  if (columns.length === 0 || checked.hours.length === 0 || checked.hourSql === null) return;
  const from = sourceSql(sourceOf(dataset), null);
  const folder = join(scratch, 'records');
  mkdirSync(folder, { recursive: true });
  for (const [hour] of checked.hours) {
    const path = join(folder, `${hour}.parquet`);
    const rows = `SELECT ${columns.map(quoteName).join(', ')} FROM ${from} WHERE ${checked.hourSql} = ${hour}`;
    await database.run(`COPY (${rows}) TO ${quoteText(path)} (FORMAT parquet, COMPRESSION zstd)`);
    await put(keys.records(monitor.monitor, hour * 3_600_000, hash), readFileSync(path), 'application/vnd.apache.parquet');
  }
}

/** The baseline's columns first: what a capture adds it may not have. */
function keptColumns(monitor: Monitor, columns: Column[], dataset: Dataset): string[] {
  if (monitor.records === 'none') return [];
  const { facets = [], segments = [], groupVariable = [] } = monitorOutcomes(monitor);
  const named = new Set([...CAPTURED, ...facets.map(({ column }) => column), ...segments.flat(), ...[groupVariable].flat()]);
  const roleOf = new Map(columns.map(({ name, role }) => [name, role]));
  const names = dataset.columns.map(({ name }) => name);
  return [...new Set([...roleOf.keys(), ...names])].filter((name) => {
    const role = roleOf.get(name);
    return names.includes(name) && (monitor.records === 'all' || named.has(name) || (role !== undefined && JOINED.includes(role)));
  });
}
