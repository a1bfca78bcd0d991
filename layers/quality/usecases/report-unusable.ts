import { statSync } from 'node:fs';
import type { Monitor } from '../contract/monitor.ts';
import type { Dataset } from '../dataset/open-dataset.ts';
import type { Database } from '../engine/database.ts';
import { announceReport } from './announce-report.ts';
import { checkBatch } from './check-batch.ts';
import type { ProcessDependencies } from './dependencies.ts';
import { judgeOptionsOf } from './monitors.ts';
import { muted } from './mutes.ts';
import type { UnusableObject } from './reference-data.ts';
import { writeReport } from './write-report.ts';

const NOTE = 'It is reference data: the baseline is made without it.';

/** An object among the reference data that cannot be used becomes a report, as any object that cannot be read; it has no profile, so that no window counts it. The report's key. */
export async function reportUnusable(
  deps: ProcessDependencies,
  database: Database,
  monitor: Monitor,
  { uri, path, error, arrived }: UnusableObject,
): Promise<string> {
  const name = monitor.monitor;
  const at = arrived.getTime();
  const file = { uri, sha256: '', bytes: statSync(path).size, rows: 0, rejected: 0, error, parquet: null, path };
  const dataset: Dataset = { files: [file], columns: [], rows: 0, rejected: 0, rejectedLines: [] };
  const checked = await checkBatch(database, dataset, null, deps.resources, judgeOptionsOf(monitor, deps.version));
  const report = await muted(deps, { ...checked.report, notes: [NOTE] }, name, at);
  const key = await writeReport(deps, { name, at, report });
  await announceReport(deps, { monitor, report, key, at, isReference: true });
  deps.log('reference data cannot be used', { monitor: name, uri, error, report: report.id });
  return key;
}
