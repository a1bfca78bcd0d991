import type { Report } from '../contract/report.ts';
import { renderHtml, renderJson, writeMetricRows } from '../report/index.ts';

/** A report as it is kept: for programs, for people (with the command that makes it again, where there is one), and as rows for a table. */
export const reportFiles = async (
  report: Report,
  command?: string,
): Promise<{ 'report.json': string; 'report.html': string; 'metrics.parquet': Buffer }> => ({
  'report.json': renderJson(report),
  'report.html': renderHtml(report, { ...(command !== undefined && { command }) }),
  'metrics.parquet': await writeMetricRows(report),
});
