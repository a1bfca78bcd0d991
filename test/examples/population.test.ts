import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database, parquetTable } from '../../layers/quality/engine/database.ts';
import {
  type CategoryColumn,
  makeWindow,
  makeWindows,
  type NumberColumn,
  plantChange,
  START,
  writeParquet,
} from '../simulation/population.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-population-'));
let database: Database;
const rows = 5000;
const window = makeWindow({ seed: 1, hour: 30, rows });
const numbers = (name: string, of = window) => of.columns.find((column) => column.name === name) as NumberColumn;
const category = (name: string, of = window) => of.columns.find((column) => column.name === name) as CategoryColumn;
const share = (values: Float64Array, test: (value: number) => boolean): number => values.filter(test).length / values.length;
const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

beforeAll(async () => {
  database = await Database.open({ scratch: folder, memoryMB: 512, threads: 1, allowed: [] });
});
afterAll(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

describe('the simulated population', () => {
  it('is the same for the same seed and hour, and has twelve columns', () => {
    expect(makeWindow({ seed: 1, hour: 30, rows })).toEqual(window);
    expect(window.columns).toHaveLength(12);
    expect(makeWindow({ seed: 2, hour: 30, rows }).columns[0]).not.toEqual(window.columns[0]);
  });

  it('moves with the hour only where a cycle is asked for', () => {
    const means = (cycle: number) => makeWindows({ seed: 3, hour: 0, rows, cycle }, 24).map((hour) => mean(numbers('normal', hour).values));
    const spread = (values: number[]) => Math.max(...values) - Math.min(...values);
    expect(spread(means(0))).toBeLessThan(1);
    expect(spread(means(0.2))).toBeGreaterThan(3);
  });

  it('plants changes in numbers', () => {
    const changed = (kind: Parameters<typeof plantChange>[1], name: string) => numbers(name, plantChange(window, kind, name)).values;
    expect(share(changed('nulls', 'normal'), Number.isNaN)).toBeCloseTo(0.05, 1);
    expect(mean(changed('mean', 'normal')) - mean(numbers('normal').values)).toBeCloseTo(3, 0);
    expect(changed('unit', 'uniform')[0]).toBe(numbers('uniform').values[0]! * 100);
    expect(share(changed('sentinels', 'count'), (value) => value === -999)).toBeCloseTo(0.03, 1);
    const imputed = changed('imputed', 'normal');
    const counts = new Map<number, number>();
    for (const value of imputed) counts.set(value, (counts.get(value) ?? 0) + 1);
    expect(Math.max(...counts.values()) / rows).toBeCloseTo(0.1, 1);
    expect(new Set(changed('stuck', 'lognormal')).size).toBe(1);
  });

  it('plants changes in categories, and refuses those that make no sense', () => {
    const blanks = category('category_12', plantChange(window, 'blanks', 'category_12'));
    expect([...blanks.codes].filter((code) => blanks.dictionary[code] === '').length / rows).toBeCloseTo(0.1, 1);
    expect(category('category_3', plantChange(window, 'renamed', 'category_3')).dictionary).toContain('VALUE 0');
    expect(category('category_3', plantChange(window, 'nulls', 'category_3')).valid).not.toBeNull();
    expect(() => plantChange(window, 'unit', 'category_3')).toThrow('unit');
    expect(() => plantChange(window, 'nulls', 'nothing')).toThrow('nothing');
  });

  it('writes Parquet with the same values', async () => {
    const path = join(folder, 'two.parquet');
    const next = plantChange(makeWindow({ seed: 1, hour: 31, rows }), 'blanks', 'category_60');
    await writeParquet(database, [plantChange(window, 'blanks', 'category_60'), next], path);
    const [row] = await database.rows(
      `SELECT count(*) AS n, count(lognormal) AS known, avg(normal) AS mean, count(DISTINCT category_400) AS values, min(time) AS first,
       typeof(any_value(flag)) AS flag, count(*) FILTER (category_60 = '') AS blanks FROM ${parquetTable([path])}`,
    );
    const known = [window, next].reduce((sum, { columns }) => sum + columns[1]!.valid!.reduce((bits, word) => bits + ones(word), 0), 0);
    expect(row).toMatchObject({ n: 10_000n, known: BigInt(known), flag: 'BOOLEAN', first: new Date(START + 30 * 3_600_000) });
    expect(row!.mean).toBeCloseTo((mean(numbers('normal').values) + mean(numbers('normal', next).values)) / 2, 9);
    expect(Number(row!.values)).toBeGreaterThan(350);
    expect(Number(row!.blanks) / 10_000).toBeCloseTo(0.1, 1);
  });
});

const ones = (word: number): number => word.toString(2).replaceAll('0', '').length;
