import { expect, it } from 'vitest';
import { groupTable, SUM } from '../../layers/quality/profile/outcomes/group-table.ts';
import { decodeTable, encodeTable } from '../../layers/quality/profile/outcomes/outcomes.ts';

const OLDER = 8;

it.each([
  ['whole numbers', [7, 0]],
  ['fractions', [7.5, -2.25]],
])('sums of %s that were kept without all rows and labelled ones read as if there had been no other rows', (_, [error, label]) => {
  const older = groupTable([0], [3], OLDER, 0);
  older.cells.set([4, 4, 4, error!, 9, 20, label!, 30], OLDER);
  const { cells } = decodeTable(JSON.parse(JSON.stringify(encodeTable(older))), groupTable([0], [3], SUM.width, 0));
  expect(Array.from(cells.subarray(SUM.width, 2 * SUM.width))).toEqual([4, 4, 4, error, 9, 20, label, 30, 4, 4]);
  expect(cells.reduce((sum, cell) => sum + Math.abs(cell), 0)).toBe(4 * 3 + error! + 9 + 20 + Math.abs(label!) + 30 + 8);
  const now = groupTable([0], [3], SUM.width, 0);
  now.cells.set(cells);
  expect(decodeTable(JSON.parse(JSON.stringify(encodeTable(now))), groupTable([0], [3], SUM.width, 0))).toEqual(now);
});
