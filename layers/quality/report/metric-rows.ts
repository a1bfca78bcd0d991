import { Writable } from 'node:stream';
import parquet from 'parquetjs-lite';
import { type CheckResult, fromJsonNumber, type JsonNumber, type MetricRow, type Report } from '../contract/report.ts';
import { appendRows, type Rows } from './append-rows.ts';
import { isOfOutcomes } from './measures.ts';

const COLUMNS = {
  report_id: 'UTF8',
  monitor: 'UTF8',
  kind: 'UTF8',
  from: 'TIMESTAMP_MILLIS',
  to: 'TIMESTAMP_MILLIS',
  factor: 'UTF8',
  metric: 'UTF8',
  column: 'UTF8',
  segment: 'UTF8',
  facet: 'UTF8',
  parameters: 'UTF8',
  value: 'DOUBLE',
  interval_low: 'DOUBLE',
  interval_high: 'DOUBLE',
  rows: 'INT64',
  error: 'DOUBLE',
  reason: 'UTF8',
  check_id: 'UTF8',
  verdict: 'UTF8',
  warn: 'DOUBLE',
  fail: 'DOUBLE',
  direction: 'UTF8',
  source: 'UTF8',
  expected: 'DOUBLE',
  effect: 'DOUBLE',
  p_value: 'DOUBLE',
  adjusted_p_value: 'DOUBLE',
  message: 'UTF8',
} as const;

export const METRIC_COLUMNS = Object.keys(COLUMNS);
const REQUIRED = new Set(['report_id', 'kind', 'factor']);

type Row = Rows<keyof typeof COLUMNS>[number];

/** One row a check, with its metric, then one a metric without a check: a Parquet file that depends on the report alone. */
export async function writeMetricRows(report: Report): Promise<Buffer> {
  const parts: Buffer[] = [];
  const sink = new Writable({
    write(part: Buffer, _encoding, done) {
      parts.push(part);
      done();
    },
  });
  // Statistics and page indexes are left out: the writer computes them wrongly for NaN.
  const fields = Object.entries(COLUMNS).map(
    ([name, type]) => [name, { type, optional: !REQUIRED.has(name), compression: 'SNAPPY', statistics: false }] as const,
  );
  const rows = metricRows(report);
  const options = { pageIndex: false, rowGroupSize: rows.length + 1, pageSize: rows.length + 1 };
  const writer = await parquet.ParquetWriter.openStream(new parquet.ParquetSchema(Object.fromEntries(fields)), sink, options);
  await appendRows(writer, COLUMNS, rows);
  await writer.close();
  return Buffer.concat(parts);
}

/** Every check, then every metric no check refers to, each in the report's order. */
export function metricRows(report: Report): Row[] {
  const judged = new Set(report.checks.map(({ metric }) => metric));
  const about = aboutReport(report);
  const checks = report.checks.map((check) => {
    const metric = check.metric === null ? undefined : report.metrics[check.metric];
    return { ...about, ...(metric && ofMetric(metric)), ...ofCheck(check, metric === undefined) };
  });
  const others = report.metrics.filter((_, i) => !judged.has(i)).map((metric) => ({ ...about, ...ofMetric(metric) }));
  return [...checks, ...others];
}

const aboutReport = ({ id, monitor, kind, subject }: Report): Row => ({
  report_id: id,
  monitor,
  kind,
  from: time(subject.from),
  to: time(subject.to),
});

const time = (text: string | null): Date | null => (text === null || Number.isNaN(Date.parse(text)) ? null : new Date(text));

const number = (value: JsonNumber | null | undefined): number | null => (value == null ? null : fromJsonNumber(value));

const ofMetric = (row: MetricRow): Row => ({
  factor: row.factor,
  metric: row.metric,
  column: row.column,
  segment: row.segment,
  facet: row.facet,
  parameters: JSON.stringify(Object.fromEntries(Object.entries(row.parameters).sort(([a], [b]) => (a < b ? -1 : 1)))),
  value: number(row.value),
  interval_low: number(row.interval?.[0]),
  interval_high: number(row.interval?.[1]),
  rows: row.rows,
  error: row.error,
  reason: row.reason,
});

function ofCheck(check: CheckResult, alone: boolean): Row {
  const at = check.id.indexOf('/');
  return {
    factor: check.factor,
    ...(alone && at > 0 && !isOfOutcomes(check.id) ? { column: check.id.slice(at + 1) } : {}),
    check_id: check.id,
    verdict: check.verdict,
    warn: check.threshold?.warn,
    fail: check.threshold?.fail,
    direction: check.threshold?.direction,
    source: check.threshold?.source,
    expected: check.expected,
    effect: check.effect,
    p_value: check.pValue,
    adjusted_p_value: check.adjustedPValue,
    message: check.message,
  };
}
