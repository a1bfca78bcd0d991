import { describe, expect, it } from 'vitest';
import type { CheckResult, Report } from '../../layers/quality/contract/report.ts';
import { renderHtml, renderText } from '../../layers/quality/report/index.ts';
import { draws } from '../checks/draw.ts';
import { OF_CLASSES, ofClasses } from './classes.ts';
import { BASE, FLAGS, fallen, judge, NOW, notes } from './judge.ts';
import { metricValue } from './lab.ts';
import { changed, type LoanRow, loanRows, type Row } from './rows.ts';

const LATE = loanRows(6000, 13);
const checkOf = (report: Report, id: string): CheckResult => report.checks.find((check) => check.id === id)!;

/** Labels that came for so many of the rows of each prediction. */
function came(rows: readonly LoanRow[], shares: Record<string, number>, seed = 3): LoanRow[] {
  const { uniform } = draws(seed);
  return changed(rows, ({ prediction }) => (uniform() < shares[prediction]! ? {} : ({ label: null } as Row)));
}
/** Of half of those found, the prediction is another. */
const missed = (rows: readonly LoanRow[]): LoanRow[] =>
  changed(rows, ({ label, prediction }, i) => (label === 1 && prediction === 1 && i % 2 === 0 ? { prediction: 0 } : {}));

describe('labels that came for one prediction more often than for another', () => {
  it('are said to, and no fall of recall', async () => {
    const report = await judge(came(LATE, { 0: 1, 1: 0.3 }));
    expect(fallen(report)).toEqual(['label_coverage/prediction']);
    const check = checkOf(report, 'label_coverage/prediction');
    expect(check).toMatchObject({ verdict: 'warn', effect: expect.closeTo(0.7, 1), expected: 1 });
    expect(check.message).toMatch(/^29 % of the rows predicted 1 have a label, 100 % had they come as in the baseline$/);
    expect(report.metrics[check.metric!]).toMatchObject({ metric: 'labelled_share', parameters: { prediction: '1' } });
    const [all, judged] = [metricValue(await judge(LATE), 'recall') as number, checkOf(report, 'performance/recall')];
    expect(metricValue(report, 'recall')).toBeLessThan(all - 0.2);
    expect(Math.abs(judged.expected! - judged.effect! - all)).toBeLessThan(0.03);
    for (const id of ['performance/roc_auc', 'performance/brier_score', 'drift/label'])
      expect(checkOf(report, id).message).toMatch(/labels came for one prediction more often than for another$/);
    expect(notes(report)).toMatch(/judged with the labelled rows of each prediction standing for all of it/);
    expect(renderText(report, { width: 200 })).toMatch(/rows have a label: \d\d(\.\d)? % of those predicted 1, 100 % of those predicted 0/);
    expect(renderHtml(report)).toMatch(/labelled \(\d\d(\.\d)? %: \d\d(\.\d)? % of those predicted 1, 100 % of those predicted 0\)/);
  });
  it('hide no fall of recall, nor of a group', async () => {
    expect(fallen(await judge(came(missed(LATE), { 0: 0.4, 1: 1 })))).toContain('performance/recall');
    const ofWomen = changed(LATE, (row, i) => (row.sex === 'F' && row.label === 1 && i % 2 === 0 ? { prediction: 0 } : {}));
    expect(fallen(await judge(came(ofWomen, { 0: 0.4, 1: 1 })))).toContain('fairness_gap/true_positive_rate/sex=F');
  });
  it('and not at all for another: nothing realised is judged, and what the scores promise is', async () => {
    const mostly = (rows: readonly LoanRow[]): LoanRow[] => rows.filter(({ prediction }, i) => prediction === 0 || i % 2 === 0);
    const report = await judge(came(mostly(LATE), { 0: 1, 1: 0 }), FLAGS, {}, mostly(BASE));
    expect(fallen(report)).toEqual(['label_coverage/prediction']);
    for (const id of ['performance/recall', 'performance/accuracy', 'fairness_gap/true_positive_rate/sex=F'])
      expect(checkOf(report, id)).toMatchObject({ verdict: 'not_applicable', message: expect.stringMatching(/not at all for another/) });
    expect(checkOf(report, 'estimated_performance/recall').verdict).toBe('pass');
    expect(notes(report)).toMatch(/No row predicted 1 has a label/);
  });
  it('while most are still to come are no trouble, and no fall of recall', async () => {
    const report = await judge(came(LATE, { 0: 0.05, 1: 0.5 }));
    expect(fallen(report)).toEqual([]);
    const early = 'labels by prediction: fewer than half of the rows have a label yet';
    expect(checkOf(report, 'label_coverage/prediction')).toMatchObject({ verdict: 'not_applicable', message: early });
    expect(checkOf(report, 'performance/recall').verdict).toBe('pass');
  });
  it('of several classes', async () => {
    const report = await judge(came(ofClasses(LATE), { a: 0.2, b: 1, c: 1 }), OF_CLASSES, {}, ofClasses(BASE));
    expect(fallen(report)).toEqual(['label_coverage/prediction']);
    expect(checkOf(report, 'label_coverage/prediction').message).toMatch(/rows predicted a have a label/);
  });
});

describe('labels that came', () => {
  it.each([
    ['alike for all', came(LATE, { 0: 0.3, 1: 0.3 }), BASE],
    ['as in the baseline', came(LATE, { 0: 0.1, 1: 1 }), came(BASE, { 0: 0.1, 1: 1 }, 5)],
    ['for all, as in the baseline', NOW, BASE],
  ])('%s are no cause for a word', async (_, rows, base) => {
    const report = await judge(rows, FLAGS, {}, base);
    expect(fallen(report)).toEqual([]);
    expect(report.performance!.unevenLabels).toBeUndefined();
    expect(checkOf(report, 'performance/roc_auc').verdict).toBe('pass');
  });
  it('for all, where they did not in the baseline, are held against what that stood for', async () => {
    const report = await judge(LATE, FLAGS, {}, came(BASE, { 0: 0.3, 1: 1 }));
    expect(fallen(report)).toEqual([]);
    expect(notes(report)).toMatch(/more often than for another in the baseline, and here they did not/);
  });
});

describe('a baseline whose labels came for one prediction more often than for another', () => {
  const hidden = came(LATE, { 0: 0, 1: 0 });
  it('has what estimates are held against for all of its rows', async () => {
    const report = await judge(hidden, FLAGS, {}, came(BASE, { 0: 0.3, 1: 1 }));
    expect(fallen(report)).toEqual([]);
    expect(checkOf(report, 'estimated_performance/recall').verdict).toBe('pass');
    const { baseline } = report.performance!.estimates.find(({ metric }) => metric === 'recall')!;
    expect(Math.abs(baseline! - (metricValue(await judge(LATE), 'recall') as number))).toBeLessThan(0.04);
  });
  it('has estimates as unsure as of one that has all labels', async () => {
    const width = async (base: LoanRow[]): Promise<number> => {
      const { low, high } = (await judge(hidden, FLAGS, {}, base)).performance!.estimates.find(({ metric }) => metric === 'recall')!;
      return high! - low!;
    };
    expect((await width(came(BASE, { 0: 0.1, 1: 1 }))) / (await width([...BASE]))).toBeGreaterThan(0.95);
  });
  it('and not at all for another: nothing is estimated, and the report says why', async () => {
    const report = await judge(hidden, FLAGS, {}, came(BASE, { 0: 1, 1: 0 }));
    expect(fallen(report)).toEqual([]);
    expect(report.performance!.estimates.map(({ estimate }) => estimate)).toEqual(report.performance!.estimates.map(() => null));
    expect(notes(report)).toMatch(/In the baseline no row predicted 1 has a label/);
  });
});

it('what is switched off is not said, and counted all the same', async () => {
  const report = await judge(came(LATE, { 0: 1, 1: 0.3 }), FLAGS, { settings: { 'label_coverage/prediction': 'off' } });
  expect(fallen(report)).toEqual([]);
});

it('labels that have not come are no distance of those that have, in the metric as in the check', async () => {
  const { checks, metrics } = await judge(came(LATE, { 0: 0.33, 1: 0.33 }), { ...FLAGS, segment: [] });
  const drift = checks.find(({ id }) => id === 'drift/label')!;
  expect(drift.verdict).toBe('pass');
  expect(Number(metrics[drift.metric!]!.value)).toBeLessThan(0.05);
  const missing = metrics.find(({ metric, column }) => metric === 'missing_rate_difference' && column === 'label')!;
  expect(Number(missing.value)).toBeCloseTo(2 / 3, 1);
});
