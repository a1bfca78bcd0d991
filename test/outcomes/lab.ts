import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type ColumnFlags, hintsOf, outcomeOptionsOf } from '../../bin/column-flags.ts';
import type { MetricRow, Report } from '../../layers/quality/contract/report.ts';
import { reportSchema } from '../../layers/quality/contract/report.ts';
import { openDataset } from '../../layers/quality/dataset/open-dataset.ts';
import { Database, quoteText } from '../../layers/quality/engine/database.ts';
import { type Baseline, decodeBaseline, encodeBaseline } from '../../layers/quality/profile/baseline.ts';
import { REPORT_FORMATS, renderReport } from '../../layers/quality/report/index.ts';
import { buildBaseline } from '../../layers/quality/usecases/build-baseline.ts';
import { type CheckOptions, checkBatch } from '../../layers/quality/usecases/check-batch.ts';
import type { OutcomeOptions } from '../../layers/quality/usecases/plan-outcomes.ts';
import { dataFolder, hasData } from '../reference/cases.ts';

export type Flags = ColumnFlags;
/** What no flag says, and options of a check. */
export type More = OutcomeOptions & Partial<Pick<CheckOptions, 'minimumRows' | 'falseAlarmRate' | 'settings'>>;

/** A database and a folder; baselines and checks by the flags of the command line, through files and the encoded baseline. */
export function outcomeLab() {
  const folder = mkdtempSync(join(tmpdir(), 'assay-outcomes-'));
  const scratch = join(folder, 'scratch');
  const resources = { scratch, memoryMB: 1000, workers: 1 };
  let database: Database;
  let files = 0;
  beforeAll(async () => {
    mkdirSync(scratch);
    database = await Database.open({ scratch, memoryMB: 1500, threads: 2, allowed: hasData ? [folder, dataFolder] : [folder] });
  });
  afterAll(() => {
    database.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const next = (extension: string): string => join(folder, `${files++}.${extension}`);
  const parquet = async (query: string): Promise<string> => {
    const path = next('parquet');
    await database.run(`COPY (${query}) TO ${quoteText(path)} (FORMAT parquet)`);
    return path;
  };
  /** A CSV file; null is an empty field. */
  const csv = (columns: string[], rows: readonly (readonly unknown[])[]): string => {
    const path = next('csv');
    const cell = (value: unknown): string => (value === null ? '' : `"${String(value).replaceAll('"', '""')}"`);
    writeFileSync(path, `${[columns, ...rows].map((row) => row.map(cell).join(',')).join('\n')}\n`);
    return path;
  };
  const open = (paths: string[]) =>
    openDataset(
      database,
      paths.map((path, i) => ({ uri: `batch-${i}`, path })),
      { scratch },
    );
  const options = (flags: Flags, more: More) => {
    const { minimumRows = 30, falseAlarmRate = 0.01, settings = {}, ...outcomes } = more;
    return {
      hints: hintsOf(flags, null),
      outcomes: { ...outcomeOptionsOf(flags, null), ...outcomes },
      minimumRows,
      falseAlarmRate,
      settings,
    };
  };
  const baseline = async (path: string | string[], flags: Flags, more: More = {}): Promise<Baseline> => {
    const { minimumRows: _, ...of } = options(flags, more);
    // No chunk has as many rows: the baseline does not judge itself, which takes most of its time.
    const made = await buildBaseline(database, await open([path].flat()), resources, { ...of, minimumRows: Number.POSITIVE_INFINITY });
    return decodeBaseline(JSON.parse(JSON.stringify(encodeBaseline(made))));
  };
  const check = async (before: Baseline | null, path: string | string[], flags: Flags, more: More = {}): Promise<Report> => {
    const { report } = await checkBatch(database, await open([path].flat()), before, resources, {
      ...options(flags, more),
      ...{ monitor: null, dataQualityOnly: false, version: 'test' },
    });
    return report;
  };
  return { folder, parquet, csv, open, baseline, check, resources, database: () => database };
}

/** The one row of a metric; throws where there is none, or more. */
export function metricOf(report: Report, metric: string, of: Partial<Pick<MetricRow, 'facet' | 'segment' | 'parameters'>> = {}): MetricRow {
  const { facet = null, segment = null, parameters = {} } = of;
  const found = report.metrics.filter(
    (row) =>
      row.metric === metric &&
      row.column === null &&
      (row.factor === 'accuracy' || row.factor === 'fairness') &&
      row.facet === facet &&
      row.segment === segment &&
      JSON.stringify(row.parameters) === JSON.stringify(parameters),
  );
  if (found.length !== 1) throw new Error(`${found.length} rows of ${metric} ${JSON.stringify(of)}`);
  return found[0]!;
}

export const metricValue = (...args: Parameters<typeof metricOf>): number | null => {
  const { value } = metricOf(...args);
  return value === null ? null : Number(value);
};

export const verdictsOf = (report: Report): Record<string, string> =>
  Object.fromEntries(report.checks.map(({ id, verdict }) => [id, verdict]));

/** Only accuracy and fairness. */
export const outcomeChecks = (report: Report): Report['checks'] =>
  report.checks.filter(({ factor }) => factor === 'accuracy' || factor === 'fairness');
export const outcomeRows = (report: Report): MetricRow[] =>
  report.metrics.filter(({ factor }) => factor === 'accuracy' || factor === 'fairness');

/** Whether a report can be written and read: its schema, as JSON, no number JSON lost, every null metric with a reason, every format. */
export function faultsOf(report: Report): string[] {
  const faults: string[] = [];
  const text = JSON.stringify(report);
  const again = reportSchema.safeParse(JSON.parse(text));
  if (!again.success) faults.push(`schema: ${again.error.message}`);
  const visit = (value: unknown, path: string): void => {
    if (typeof value === 'number' && !Number.isFinite(value)) faults.push(`${path} is ${value}`);
    if (value === undefined) return;
    if (typeof value === 'object' && value !== null) for (const [key, each] of Object.entries(value)) visit(each, `${path}.${key}`);
  };
  visit(report, 'report');
  for (const { metric, facet, segment, value, reason, interval } of outcomeRows(report)) {
    const name = `${metric} ${facet ?? ''} ${segment ?? ''}`;
    if (value === null && (reason === null || reason === '')) faults.push(`${name} is null without a reason`);
    if (value === 'NaN' || interval?.includes('NaN')) faults.push(`${name} is NaN: ${value} ${interval}`);
    if (interval !== null && Number(interval[0]) > Number(interval[1])) faults.push(`${name}: ${interval} is upside down`);
    if (reason !== null && /NaN|undefined|\[object/.test(reason)) faults.push(`${name}: reason "${reason}"`);
  }
  for (const { id, message } of report.checks) if (/NaN|undefined|\[object|Infinity/.test(message)) faults.push(`${id}: "${message}"`);
  for (const { title } of report.findings) if (/NaN|undefined|\[object|Infinity/.test(title)) faults.push(`"${title}"`);
  for (const note of report.notes) if (/NaN|undefined|\[object|Infinity/.test(note)) faults.push(`note "${note}"`);
  const others = report.metrics.some(({ factor, value }) => factor !== 'accuracy' && factor !== 'fairness' && value === 'NaN');
  for (const format of others ? [] : REPORT_FORMATS) {
    const rendered = renderReport(report, format);
    if (format !== 'json' && /\bNaN\b|\bundefined\b|\[object /.test(rendered.replaceAll(/<(script|style)[\s\S]*?<\/\1>/g, '')))
      faults.push(`${format} says NaN or undefined`);
  }
  return faults;
}
