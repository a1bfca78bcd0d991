import { expect, it } from 'vitest';
import { fallen, judge } from './judge.ts';
import type { Flags } from './lab.ts';
import { changed, loanRows } from './rows.ts';

const FLAGS: Flags = { label: 'label', prediction: 'prediction', problem: 'regression' };
/** Predictions that are off by the same in every row. */
const off = (n: number, by: number) => changed(loanRows(n), ({ x }) => ({ label: x, prediction: x + by, score: null }));

it('a regression that was right in every row and is off by 5 in every row fails', async () => {
  const report = await judge(off(500, 5), FLAGS, {}, off(1000, 0));
  expect(fallen(report)).toEqual(['performance/mean_absolute_error', 'performance/mean_error']);
});
it('one that is off by the same as before, or by less, does not', async () => {
  expect(fallen(await judge(off(500, 5), FLAGS, {}, off(1000, 5)))).toEqual([]);
  expect(fallen(await judge(off(500, 1), FLAGS, {}, off(1000, 5)))).toEqual([]);
});
