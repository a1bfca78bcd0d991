import { keys } from '../contract/keys.ts';
import type { Report } from '../contract/report.ts';
import type { ProcessDependencies } from './dependencies.ts';
import { reportFiles } from './report-files.ts';

/** Writes a report that begins at a time, once, under keys made from content; report.json after the page, so that whoever finds it finds both. The key of report.json. */
export async function writeReport(
  { store, dataBucket: bucket }: ProcessDependencies,
  { name, at, report, command }: { name: string; at: number; report: Report; command?: string },
): Promise<string> {
  const folder = keys.report(name, at, report.kind, report.id);
  const files = await reportFiles(report, command);
  await store.create(bucket, `${folder}report.html`, Buffer.from(files['report.html']), 'text/html; charset=utf-8');
  await store.create(bucket, `${folder}report.json`, Buffer.from(files['report.json']), 'application/json');
  await store.create(bucket, keys.metrics(name, at, report.id), files['metrics.parquet'], 'application/vnd.apache.parquet');
  return `${folder}report.json`;
}
