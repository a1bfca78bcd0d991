import { expect, it } from 'vitest';
import { classLosses } from '../../layers/quality/metrics/performance/class-losses.ts';
import { performanceMetrics } from '../../layers/quality/metrics/performance/index.ts';
import { binarySlice, regressionSlice } from '../../layers/quality/metrics/performance/slice.ts';
import { LOSS } from '../../layers/quality/profile/outcomes/class-losses.ts';
import { addTable, groupTable, SUM, widthOf } from '../../layers/quality/profile/outcomes/group-table.ts';
import { decodeTable, encodeTable } from '../../layers/quality/profile/outcomes/outcomes.ts';
import type { Json } from '../../layers/quality/states/state.ts';

const OLDER = 8;

it('squared weights that were kept of rows with a label and a prediction alone read as if the others weighed alike', () => {
  const table = groupTable([0], [2], 11, 0);
  table.cells.set([6, 2, 0, 1, 3, 0, 4, 8, 0, 20, 24]);
  table.cells.set([0, 0, 0, 0, 0, 0, 0, 7, 0, 9, 0], 11);
  const [cells, scored] = encodeTable(table) as Json[];
  const read = decodeTable([cells!, scored!], groupTable([0], [2], 11, 0));
  expect([read.cells[10], read.cells[21]]).toEqual([48, 7]);
  expect(decodeTable(encodeTable(table), groupTable([0], [2], 11, 0))).toEqual(table);
});

it('bins that did not tell labelled rows apart by prediction read as they were, and say so, as their sum with others does', () => {
  const table = groupTable([0], [2], 11, 2);
  table.scored.set([5, 3, 2, 1, 4.5, 0, 0, 0, 4, 0, 0, 3.5, 0, 0]);
  const [cells, , , ...rest] = encodeTable(table) as Json[];
  const five = groupTable([0], [2], 11, 2);
  const older = encodeTable({
    ...five,
    scored: Float64Array.from([5, 3, 2, 1, 4.5, 0, 4, 0, 0, 3.5, ...new Array(10).fill(0)]),
    decided: false,
  }) as Json[];
  const read = decodeTable([cells!, older[1]!, 1, ...rest], groupTable([0], [2], 11, 2));
  expect([Array.from(read.scored), read.decided]).toEqual([Array.from(table.scored), false]);
  const again = decodeTable(JSON.parse(JSON.stringify(encodeTable(read))), groupTable([0], [2], 11, 2));
  expect([Array.from(again.scored), again.decided]).toEqual([Array.from(table.scored), false]);
  const bounds = { lows: [0, 0.5], highs: [0.5, 1] };
  expect([binarySlice(read, 0, bounds).decided!(), binarySlice(table, 0, bounds).decided!()?.labelled.rows]).toEqual([null, [5, 3, 4]]);
  addTable(table, read);
  expect([table.decided, binarySlice(table, 0, bounds).scored!.positives[0]]).toEqual([false, 6]);
});

it('losses that were not kept are not known, nor is their sum with others', () => {
  const table = groupTable([], [], widthOf(3), 0, true);
  const [cells, scored, ofAll] = encodeTable(table) as Json[];
  const older = decodeTable([cells!, scored!, ofAll!], groupTable([], [], widthOf(3), 0, true));
  expect(classLosses(table, 0, 3)).toMatchObject({ weight: 0, outside: 0 });
  expect(classLosses(older, 0, 3)).toBeNull();
  const promised = groupTable([], [], widthOf(3), 0, true);
  promised.losses.set([0, 4, 4, 1.5, 1, 0.5, 1.5, 1, 0.5, 2, 1, 0.5, 2, 1, 0.5, 2, 1.5, 0.7, 0.8]);
  const kept = encodeTable({ ...promised, losses: promised.losses.slice(0, LOSS.promises) });
  const fewer = classLosses(decodeTable(kept, groupTable([], [], widthOf(3), 0, true)), 0, 3)!;
  expect([fewer.weight, fewer.promises]).toEqual([4, [null, null, null]]);
  expect(classLosses(promised, 0, 3)!.promises[0]).toEqual({ observed: 2, expected: 1.5, squares: 0.7, both: 0.8 });
  addTable(older, table);
  const again = decodeTable(JSON.parse(JSON.stringify(encodeTable(older))), groupTable([], [], widthOf(3), 0, true));
  expect(classLosses(again, 0, 3)).toBeNull();
});

it.each([
  ['whole numbers', [7, 0]],
  ['fractions', [7.5, -2.25]],
])('sums of %s that were kept without all rows and labelled ones read as if there had been no other rows', (_, [error, label]) => {
  const older = groupTable([0], [3], OLDER, 0);
  older.cells.set([4, 4, 4, error!, 9, 20, label!, 30], OLDER);
  const { cells } = decodeTable(JSON.parse(JSON.stringify(encodeTable(older))), groupTable([0], [3], SUM.width, 0));
  expect(Array.from(cells.subarray(SUM.width, 2 * SUM.width))).toEqual([4, 4, 4, error, 9, 20, label, 30, 4, 4, Number.NaN, Number.NaN]);
  expect(cells.every((cell, i) => cell === 0 || (i >= SUM.width && i < 2 * SUM.width))).toBe(true);
  const now = groupTable([0], [3], SUM.width, 0);
  now.cells.set(cells);
  expect(decodeTable(JSON.parse(JSON.stringify(encodeTable(now))), groupTable([0], [3], SUM.width, 0))).toEqual(now);
});

it('sums with the size of labels that were not kept are not known, nor is their sum with others', () => {
  const older = groupTable([0], [2], SUM.absoluteLabel, 0);
  older.cells.set([4, 4, 4, 7, 9, 20, 12, 50, 6, 5]);
  const read = decodeTable(encodeTable(older), groupTable([0], [2], SUM.width, 0));
  expect(Array.from(read.cells.subarray(0, SUM.width))).toEqual([4, 4, 4, 7, 9, 20, 12, 50, 6, 5, Number.NaN, Number.NaN]);
  expect(Array.from(read.cells.subarray(SUM.width))).toEqual(new Array(SUM.width).fill(0));
  const [metric] = performanceMetrics({ problem: 'regression' } as Parameters<typeof performanceMetrics>[0]);
  const now = groupTable([0], [2], SUM.width, 0);
  now.cells.set([4, 4, 4, 7, 9, 20, 12, 50, 6, 5, 12, 30]);
  expect([metric!.id, metric!.sized!.size(regressionSlice(now, 0))]).toEqual(['mean_absolute_error', 3]);
  addTable(read, now);
  expect(metric!.sized!.size(regressionSlice(read, 0))).toBeNull();
});
