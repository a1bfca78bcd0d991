import { describe, expect, it } from 'vitest';
import type { CheckResult, Report } from '../../layers/quality/contract/report.ts';
import { renderMarkdown, renderText } from '../../layers/quality/report/index.ts';
import { draws } from '../checks/draw.ts';
import { FLAGS, fallen, judge } from './judge.ts';
import { metricOf, metricValue } from './lab.ts';
import { changed, type LoanRow, loanRows } from './rows.ts';

const checkOf = (report: Report, id: string): CheckResult => report.checks.find((check) => check.id === id)!;
const OBSERVED = 'performance/observed_over_expected';

/** Rows of which one in some forty is positive: labels as often as the score says, times `times`. */
function rare(n: number, seed: number, times = 1): LoanRow[] {
  const { uniform } = draws(seed + 100);
  return changed(loanRows(n, seed), ({ score }) => {
    const chance = Math.round(1e5 * 0.09 * score ** 3) / 1e5;
    return { score: chance, label: uniform() < times * chance ? 1 : 0, prediction: chance > 0.06 ? 1 : 0 };
  });
}
const RARE = rare(20_000, 5);

describe('rare positives', () => {
  it('that come half as often again as the scores promise fail, where nothing else does', async () => {
    const report = await judge(rare(12_000, 6, 1.5), FLAGS, {}, RARE);
    const failed = report.checks.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id);
    expect(failed.filter((id) => !id.startsWith(OBSERVED))).toEqual([]);
    const check = checkOf(report, OBSERVED);
    expect([check.verdict, check.effect! > 0.25, check.threshold!.fail! < 0.27]).toEqual(['fail', true, true]);
    const { value, interval } = metricOf(report, 'observed_over_expected');
    expect((interval![0] as number) < 1.5 && (interval![1] as number) > 1.5).toBe(true);
    const [finding] = report.findings;
    expect(finding!.title).toMatch(
      /^1\.\d+ times as many positive labels came as the scores promise, (1|1\.0\d*|0\.9\d*) in the baseline$/,
    );
    expect(finding!.why).toMatch(/^the scores promise 2\.\d % positive labels and 3\.\d % came, were 2\.\d % and 2\.\d %$/);
    expect(renderText(report, { width: 200 })).toMatch(/observed ÷ expected \+0\.\d+ +fails beyond 0\.2/);
    expect(renderMarkdown(report)).toContain('observed ÷ expected');
    expect(value).toBeCloseTo(1.5, 0);
  });
  it('that come half as often fail too, and say so downwards', async () => {
    const report = await judge(rare(12_000, 7, 0.5), FLAGS, {}, RARE);
    expect(fallen(report)).toContain(OBSERVED);
    expect(renderText(report, { width: 200 })).toMatch(/observed ÷ expected −0\.\d+ +fails beyond 0\.2/);
  });
  it('that come as promised pass, in windows of all sizes', async () => {
    for (const [n, seed] of [
      [300, 8],
      [2000, 9],
      [9000, 10],
    ] as const)
      expect(fallen(await judge(rare(n, seed), FLAGS, {}, RARE))).toEqual([]);
  });
  it('of which none came have a ratio of 0, with an interval that ends where three were promised', async () => {
    const report = await judge(
      changed(rare(2000, 11), () => ({ label: 0 })),
      FLAGS,
      { problem: 'binary', positive: ['1'] },
      null,
    );
    const promised = rare(2000, 11).reduce((sum, { score }) => sum + score, 0);
    const { value, interval } = metricOf(report, 'observed_over_expected');
    expect([value, interval![0]]).toEqual([0, 0]);
    expect(interval![1] as number).toBeCloseTo(3 / promised, 2);
  });
});

describe('scores that are no probabilities', () => {
  it('have no ratio, and one that is not calibrated is held against its own', async () => {
    const logits = changed(loanRows(2000, 12), ({ score }) => ({ score: 6 * score - 3 }));
    expect(metricOf(await judge(logits, FLAGS, {}, null), 'observed_over_expected')).toMatchObject({
      value: null,
      reason: 'scores outside 0 to 1',
    });
    const halved = (rows: readonly LoanRow[]): LoanRow[] => changed(rows, ({ score }) => ({ score: score / 2 }));
    const report = await judge(halved(loanRows(4000, 13)), FLAGS, {}, halved(loanRows(8000, 14)));
    expect(metricValue(report, 'observed_over_expected')).toBeCloseTo(2, 0);
    expect(fallen(report)).toEqual([]);
  });
});

describe('the mean error of a regression', () => {
  const OF_NUMBERS = { label: 'label', prediction: 'prediction', segment: ['region'] } as unknown as typeof FLAGS;
  const numbers = (n: number, seed: number, bias: number): LoanRow[] => {
    const { uniform } = draws(seed + 50);
    return changed(loanRows(n, seed), ({ x }) => ({ prediction: x + bias, label: x + 8 * (uniform() + uniform() - 1) }));
  };
  const verdictsOf = async (bias: number, base: number): Promise<string[]> =>
    fallen(await judge(numbers(4000, 22, bias), OF_NUMBERS, { problem: 'regression' }, numbers(8000, 21, base)));
  it('fails where a bias came that its absolute errors hardly show', async () => {
    const report = await judge(numbers(4000, 22, 1.5), OF_NUMBERS, { problem: 'regression' }, numbers(8000, 21, 0));
    expect(checkOf(report, 'performance/mean_error').message).toMatch(
      /^predictions are 1\.\d+ too high on average, 0\.\d+ too (low|high) in the baseline$/,
    );
    expect(checkOf(report, 'performance/mean_error').verdict).toBe('fail');
    expect(checkOf(report, 'performance/mean_absolute_error').verdict).not.toBe('fail');
  });
  it('passes where there is none, and where one has gone', async () => {
    expect(await verdictsOf(0, 0)).toEqual([]);
    expect((await verdictsOf(0, 1.5)).filter((id) => id.includes('mean_error'))).toEqual([]);
  });
});
