import { expect, it } from 'vitest';
import type { Report } from '../../layers/quality/contract/report.ts';
import { renderText } from '../../layers/quality/report/index.ts';
import { draws } from '../checks/draw.ts';
import { FLAGS, fallen, judge } from './judge.ts';
import { metricOf, metricValue } from './lab.ts';
import { changed, type LoanRow, loanRows } from './rows.ts';

/** Rare defaults: scores of at most a tenth, as right as they say but for `times` in each group. */
function rare(n: number, seed: number, times: (row: LoanRow) => number = () => 1): LoanRow[] {
  const { uniform } = draws(seed + 100);
  return changed(loanRows(n, seed), (row) => {
    const score = Math.round(row.score * 100) / 1000;
    return { score, prediction: score >= 0.05 ? 1 : 0, label: uniform() < times(row) * score ? 1 : 0 };
  });
}
const BASE = rare(20_000, 7);
const women =
  (times: number) =>
  ({ sex }: LoanRow): number =>
    sex === 'F' ? times : 1;
const RISK = { ...FLAGS, favourable: 'negative' as const };
const ID = 'fairness_gap/observed_over_expected/sex=F';
const checkOf = (report: Report, id = ID) => report.checks.find((check) => check.id === id)!;

it('scores that promise one group too few positives fail, where positives are rare and no rate shows it', async () => {
  const rows = rare(12_000, 11, women(1.6));
  const report = await judge(rows, RISK, {}, BASE);
  expect(checkOf(report)).toMatchObject({
    verdict: 'fail',
    factor: 'fairness',
    threshold: { warn: expect.closeTo(0.1, 1), fail: expect.closeTo(0.25, 1) },
  });
  expect(fallen(report).filter((id) => id.startsWith('fairness_gap/') && !id.includes('observed'))).toEqual([]);
  // Named first, for it is the women's scores that no longer mean the same.
  const [finding] = report.findings;
  expect([finding!.cause, finding!.title, finding!.why]).toEqual([
    'disparity',
    expect.stringMatching(/^sex=F: observed over expected \+0\.\d+ from the others, .0\.0\d+ in the baseline$/),
    expect.stringMatching(
      /^of it 1\.[4-8]\d* times as many positive labels came as the scores promise \(.* in the baseline\), of the others /,
    ),
  ]);
  const women_ = rows.filter(({ sex }) => sex === 'F');
  const ratio = (of: readonly LoanRow[]): number =>
    of.filter(({ label }) => label === 1).length / of.reduce((sum, { score }) => sum + score, 0);
  expect(metricValue(report, 'observed_over_expected', { facet: 'sex=F' })).toBeCloseTo(ratio(women_), 9);
  const gap = metricOf(report, 'observed_over_expected_difference', { facet: 'sex=F' });
  expect(gap.value).toBeCloseTo(ratio(women_) - ratio(rows.filter(({ sex }) => sex === 'M')), 9);
  expect([Number(gap.interval![0]) < Number(gap.value), Number(gap.interval![1]) > Number(gap.value)]).toEqual([true, true]);
  expect(report.metrics[checkOf(report).metric!]).toEqual(gap);
  expect(renderText(report, { width: 240 })).toMatch(/sex=F +observed over expected \+0\.\d+ from the others/);
});

it('nothing is said where nothing changed, where both groups went alike, or of a gap that the baseline had', async () => {
  for (const [times, before] of [
    [women(1), women(1)],
    [() => 1.5, () => 1],
    [women(1.6), women(1.6)],
  ] as const) {
    const report = await judge(rare(12_000, 11, times), RISK, {}, rare(20_000, 7, before));
    expect([checkOf(report).verdict, checkOf(report, ID.replace('F', 'M')).verdict]).toEqual(['pass', 'pass']);
  }
});

it('the ROC AUC of a group is that of its rows', async () => {
  const rows = loanRows(900, 3);
  const report = await judge(rows, FLAGS, {}, null);
  const own = rows.filter(({ sex }) => sex === 'F');
  const [positives, negatives] = [1, 0].map((label) => own.filter((row) => row.label === label));
  const pairs = positives!.flatMap((a) => negatives!.map((b) => (a.score > b.score ? 1 : a.score === b.score ? 0.5 : 0)));
  const { value, interval } = metricOf(report, 'roc_auc', { facet: 'sex=F' });
  expect(Math.abs(Number(value) - pairs.reduce<number>((sum, each) => sum + each, 0) / pairs.length)).toBeLessThan(0.005);
  expect([Number(interval![0]) < Number(value), Number(interval![1]) > Number(value)]).toEqual([true, true]);
});

it('without scores, and where they are no probabilities, nothing is said of them', async () => {
  const { score: _, ...unscored } = FLAGS;
  const report = await judge(loanRows(2000, 3), unscored, {}, loanRows(4000, 5));
  expect(checkOf(report)).toBeUndefined();
  const percent = (rows: LoanRow[]): LoanRow[] => changed(rows, ({ score }) => ({ score: 100 * score }));
  const scaled = await judge(percent(loanRows(2000, 3)), FLAGS, {}, percent(loanRows(4000, 5)));
  expect([checkOf(scaled), metricOf(scaled, 'observed_over_expected', { facet: 'sex=F' })]).toEqual([
    undefined,
    expect.objectContaining({ value: null, reason: 'scores outside 0 to 1' }),
  ]);
});
