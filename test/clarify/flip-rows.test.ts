import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { flipRowsOf } from '../../layers/quality/clarify/index.ts';
import type { Column } from '../../layers/quality/contract/columns.ts';
import type { OutcomePlan } from '../../layers/quality/contract/outcomes.ts';
import { Database, quoteText } from '../../layers/quality/engine/database.ts';
import { inferColumns } from '../../layers/quality/engine/infer-columns.ts';
import type { Source } from '../../layers/quality/engine/scan-plan.ts';
import { counterfactualFlipTest, type FlipRows } from '../../layers/quality/metrics/fairness/index.ts';
import { vectors } from './helper.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-flip-'));
let database: Database;
beforeAll(async () => {
  database = await Database.open({ scratch: folder, memoryMB: 256, threads: 2, allowed: [] });
});
afterAll(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

const { features, pred } = vectors.aws_adult_monitor_run;
const WIDTH = 14;
const SEX = 9;
const values = features.map((row: number[], i: number) => `(${[i, ...row, pred[i]].join(',')})`).join(',');
const names = ['place', ...Array.from({ length: WIDTH }, (_, i) => (i === SEX ? 'sex' : `f${i}`)), 'predicted'];
const AWS = `SELECT * FROM (VALUES ${values}) AS t(${names.join(', ')})`;

async function tableOf(name: string, sql: string, roles: Record<string, Column['role']>): Promise<{ source: Source; columns: Column[] }> {
  const path = join(folder, `${name}.parquet`);
  await database.run(`COPY (${sql}) TO ${quoteText(path)} (FORMAT parquet)`);
  const described = await database.rows<{ column_name: string; column_type: string }>(
    `DESCRIBE SELECT * FROM read_parquet(${quoteText(path)})`,
  );
  const source = { paths: [path], columns: described.map((row) => ({ name: row.column_name, physical: row.column_type })), offsets: [0] };
  const hints = new Map(Object.entries(roles).map(([column, role]) => [column, { role }]));
  return { source, columns: await inferColumns(database, source, hints, values.length) };
}

const plan = (facet: string, known: string[]): OutcomePlan => ({
  ...{
    problem: 'binary',
    label: null,
    prediction: 'predicted',
    scores: [],
    weight: null,
    classes: ['0'],
    positive: ['1'],
    threshold: null,
  },
  ...{ favourable: 'positive', groups: [{ name: facet, column: facet, values: known, interval: null }], segments: [], groupVariable: null },
  facets: [{ column: facet, values: null, above: null, upTo: null }],
});

describe('rows of the flip test', () => {
  it.each([
    ['once', AWS, 0],
    ['ten times', `${AWS}, range(10) r(n) ORDER BY r.n, place`.replace('*', 't.*'), -15 / 110],
  ])('of a real job, its data %s', async (name, sql, expected) => {
    const { source, columns } = await tableOf(name.replace(' ', '-'), sql, { place: 'ignored', predicted: 'prediction' });
    const rows = (await flipRowsOf(database, source, columns, plan('sex', ['0', '1']), { column: 'sex', values: ['0'] })) as FlipRows;
    expect([rows.width, rows.inFacet.length % 334]).toEqual([WIDTH - 1, 0]);
    expect(counterfactualFlipTest(rows, 'clarify').value).toBeCloseTo(expected, 12);
  });
  it('leaves out rows without facet or prediction', async () => {
    const sql = 'SELECT i AS x, CASE WHEN i % 4 > 0 THEN i % 2 END AS sex, CASE WHEN i % 3 > 0 THEN 1 END AS predicted FROM range(24) t(i)';
    const { source, columns } = await tableOf('gaps', sql, { predicted: 'prediction' });
    const rows = (await flipRowsOf(database, source, columns, plan('sex', ['0', '1']), { column: 'sex', values: ['1'] })) as FlipRows;
    expect(Array.from(rows.features)).toEqual(Array.from({ length: 24 }, (_, i) => i).filter((i) => i % 4 > 0 && i % 3 > 0));
    expect(Array.from(rows.inFacet)).toEqual(Array.from(rows.features, (x) => x % 2));
  });
  it('says why there are none', async () => {
    const sql = (rows: number): string =>
      `SELECT i AS x, 'c' || i % 5 AS channel, i % 2 AS sex, i % 2 AS predicted FROM range(${rows}) t(i)`;
    const group = { column: 'sex', values: ['1'] };
    const of = plan('sex', ['0', '1']);
    const few = await tableOf('few', sql(50), { predicted: 'prediction' });
    expect(await flipRowsOf(database, few.source, few.columns, of, group)).toBe('features that are not numbers: channel');
    expect(await flipRowsOf(database, few.source, few.columns, of, group, 'leave out')).toMatchObject({ width: 1 });
    expect(await flipRowsOf(database, few.source, few.columns, { ...of, prediction: null }, group)).toBe('no predictions');
    const many = await tableOf('many', sql(100_001), { predicted: 'prediction' });
    expect(await flipRowsOf(database, many.source, many.columns, of, group, 'leave out')).toBe('more than 100,000 rows');
  });
});
