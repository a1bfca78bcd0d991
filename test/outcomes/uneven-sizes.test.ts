import { describe, expect, it } from 'vitest';
import type { Report } from '../../layers/quality/contract/report.ts';
import { draws } from '../checks/draw.ts';
import { FLAGS, fallen, judge, notes } from './judge.ts';
import { metricOf } from './lab.ts';
import { changed, type LoanRow, loanRows, type Row } from './rows.ts';

const flags = { ...FLAGS, score: [], facet: undefined } as unknown as typeof FLAGS;
const REGRESSION = { problem: 'regression' as const };

/** Errors that grow with what is predicted, `times` as large. */
function loads(n: number, seed: number, times = 1): LoanRow[] {
  const { normal } = draws(seed + 900);
  return changed(loanRows(n, seed), ({ x }) => ({ prediction: x, label: x + times * (0.05 * x + 1) * normal() }));
}
/** Labels of all smaller predictions and of one in five of the larger. */
const small = (rows: readonly LoanRow[]): LoanRow[] => changed(rows, ({ x }, i) => (x < 50 || i % 5 === 0 ? {} : ({ label: null } as Row)));
const BASE = loads(8000, 1);
const checkOf = (report: Report, id: string) => report.checks.find((check) => check.id === id)!;
const MAE = 'performance/mean_absolute_error';

describe('labels that came for small predictions more often than for large ones', () => {
  it('in the baseline make no window with labels for all worse', async () => {
    for (const [seed, n] of [
      [11, 600],
      [12, 1500],
      [13, 4000],
    ] as const) {
      const report = await judge(loads(n, seed), flags, REGRESSION, small(BASE));
      expect(fallen(report)).toEqual([]);
      expect(checkOf(report, MAE)).toMatchObject({ verdict: 'pass' });
      expect(notes(report)).toMatch(
        /Labels came for one prediction more often than for another in the baseline, and here they did not: errors are judged/,
      );
      expect(checkOf(report, `${MAE}@region=N`)).toMatchObject({ verdict: 'not_applicable' });
    }
  });
  it('hide no error that grew', async () => {
    const report = await judge(loads(2000, 11, 1.6), flags, REGRESSION, small(BASE));
    const check = checkOf(report, MAE);
    expect([check.verdict, Math.abs(check.expected! / (0.8 * 3.5) - 1) < 0.1]).toEqual(['fail', true]);
  });
  it('in the window alone warn, and hide no error that grew', async () => {
    const now = small(loads(2000, 11));
    const report = await judge(now, flags, REGRESSION, BASE);
    const check = checkOf(report, 'label_coverage/prediction');
    expect([check.verdict, check.message]).toEqual([
      'warn',
      expect.stringMatching(
        /^[12]\d % of the rows predicted (\d+ to \d+|\d+ or more) have a label, 6\d % had they come as in the baseline$/,
      ),
    ]);
    expect(fallen(report)).toEqual(['label_coverage/prediction']);
    const largest = now.filter(({ prediction }) => prediction >= 90);
    const shown = report.metrics.filter(({ metric, parameters }) => metric === 'labelled_share' && parameters.prediction !== undefined);
    expect([
      shown.length,
      Math.abs(Number(shown.at(-1)!.value) - largest.filter(({ label }) => label !== null).length / largest.length) < 0.05,
    ]).toEqual([10, true]);
    expect(report.metrics[check.metric!]).toMatchObject({ metric: 'labelled_share' });
    expect(fallen(await judge(small(loads(2000, 11, 1.6)), flags, REGRESSION, BASE))).toContain(MAE);
  });
  it('on both sides alike are compared as they are', async () => {
    const report = await judge(small(loads(2000, 11)), flags, REGRESSION, small(BASE));
    expect([fallen(report), notes(report).includes('Labels came for one prediction')]).toEqual([[], false]);
    expect(checkOf(report, `${MAE}@region=N`)).toMatchObject({ verdict: 'pass' });
    expect(metricOf(report, 'mean_absolute_error').value).toBeGreaterThan(0);
  });
  it('of one size alone: of the others nothing is said to be known', async () => {
    const none = (rows: readonly LoanRow[]): LoanRow[] => changed(rows, ({ x }) => (x < 50 ? {} : ({ label: null } as Row)));
    const report = await judge(none(loads(2000, 11)), flags, REGRESSION, BASE);
    expect(checkOf(report, MAE)).toMatchObject({ verdict: 'not_applicable' });
    expect(notes(report)).toMatch(
      /^No row predicted .* or 90 or more has a label: errors are those of the other rows alone, and say nothing of all\.$/m,
    );
  });
});
