import { expect, it } from 'vitest';
import { constant } from '../../layers/quality/checks/constant.ts';
import type { Column } from '../../layers/quality/contract/columns.ts';
import type { ColumnCounts } from '../../layers/quality/profile/column-counts.ts';

const HOURS = 24;
const COLUMN: Column = { name: 'hour', role: 'feature', type: 'integer', inferred: true };
const OPTIONS = { settings: {}, minimumRows: 30, falseAlarmRate: 0.01 };
const counts = (distribution: number[]): ColumnCounts => ({ distribution: [...distribution, 0] }) as unknown as ColumnCounts;
const hourOf = (hour: number, rows: number): ColumnCounts =>
  counts(Array.from({ length: HOURS }, (_, bin) => (bin === hour % HOURS ? rows : 0)));

const chanceOf = (rows: number, chunks: ColumnCounts[]): number => {
  const before = { distinct: HOURS, topShare: 1 / HOURS, counts: counts(new Array(HOURS).fill(10_000)) };
  return constant(COLUMN, { now: { distinct: 1, present: rows, counts: hourOf(3, rows) }, before, chunks }, OPTIONS)!.measurement!.pValue!;
};

it('what holds still for an hour does in one of many more rows than any before', () => {
  const chunks = Array.from({ length: 480 }, (_, hour) => hourOf(hour, 200 + 10 * (hour % HOURS)));
  for (const rows of [200, 800, 5000, 100_000]) expect([rows, chanceOf(rows, chunks)]).toEqual([rows, 1]);
});

it('what never held still does not for the number of its rows', () => {
  const mixed = Array.from({ length: 480 }, () => counts(new Array(HOURS).fill(20)));
  for (const rows of [800, 5000]) expect(chanceOf(rows, mixed)).toBeLessThan(1e-6);
  expect(chanceOf(5000, [])).toBeLessThan(1e-6);
});
