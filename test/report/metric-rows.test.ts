import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../layers/quality/contract/report.ts';
import { Database, parquetTable } from '../../layers/quality/engine/database.ts';
import { METRIC_COLUMNS, writeMetricRows } from '../../layers/quality/report/index.ts';
import { ReportBuilder } from './fixtures.ts';
import { HOSTILE, hostile, november } from './reports.ts';

const scratch = mkdtempSync(join(tmpdir(), 'assay-rows-'));
let database: Database;

beforeAll(async () => {
  database = await Database.open({ scratch, memoryMB: 256, threads: 1, allowed: [] });
});
afterAll(() => {
  database.close();
  rmSync(scratch, { recursive: true });
});

async function read(report: Report, sql = '*'): Promise<Record<string, unknown>[]> {
  const file = join(scratch, 'rows.parquet');
  writeFileSync(file, await writeMetricRows(report));
  return database.rows(`SELECT ${sql} FROM ${parquetTable([file])}`);
}

describe('metric rows', { timeout: 30_000 }, () => {
  it('are one a check, then one a metric without a check', async () => {
    const report = november();
    const rows = await read(report);
    expect(rows.slice(0, report.checks.length).map((row) => row.check_id)).toEqual(report.checks.map(({ id }) => id));
    expect(rows).toHaveLength(report.metrics.length);
    expect(Object.keys(rows[0]!)).toEqual(METRIC_COLUMNS);
  });

  it('hold the metric, its threshold and its verdict', async () => {
    const [row] = await read(november());
    expect(row).toMatchObject({
      report_id: november().id,
      monitor: 'credit-risk',
      kind: 'batch',
      metric: 'missing_rate',
      column: 'income',
      segment: null,
      parameters: '{}',
    });
    expect(row).toMatchObject({
      value: 0.31,
      rows: 48211n,
      check_id: 'missing_rate/income',
      verdict: 'fail',
      warn: 0.02,
      fail: 0.05,
      direction: 'above',
      source: 'default',
    });
    expect(row).toMatchObject({ expected: 0.03, effect: 0.28, p_value: 1e-12, adjusted_p_value: 1e-10 });
    expect((row!.from as Date).toISOString()).toBe('2026-11-01T00:00:00.000Z');
  });

  it('hold NaN and infinity as numbers, absent values as nulls, hostile text as it is', async () => {
    const [found] = await read(
      november(),
      'count(*) FILTER (isnan(value)) AS nans, count(*) FILTER (isinf(value)) AS infinite, count(*) FILTER (value IS NULL) AS nulls',
    );
    expect(found).toEqual({ nans: 1n, infinite: 1n, nulls: 1n });
    expect((await read(hostile(), '"column"'))[0]).toEqual({ column: HOSTILE });
  });

  it('depend on the report alone, and may be none', async () => {
    expect((await writeMetricRows(november())).equals(await writeMetricRows(structuredClone(november())))).toBe(true);
    expect(await read(new ReportBuilder().build())).toEqual([]);
  });

  it('hold more rows than a row group', async () => {
    const builder = new ReportBuilder();
    for (let i = 0; i < 9000; i++) builder.metric('mean', 'data_quality', `c${i % 100}`, i);
    const [found] = await read(builder.build(), 'count(*) AS n, sum(value) AS total, count(DISTINCT "column") AS columns');
    expect(found).toEqual({ n: 9000n, total: (8999 * 9000) / 2, columns: 100n });
  });
});
