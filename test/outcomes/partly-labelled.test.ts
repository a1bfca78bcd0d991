import { describe, expect, it } from 'vitest';
import type { Report } from '../../layers/quality/contract/report.ts';
import { CLASSES, OF_CLASSES, ofClasses } from './classes.ts';
import { BASE, FLAGS, judge, notes } from './judge.ts';
import { metricOf, metricValue } from './lab.ts';
import { changed, type LoanRow, loanRows, type Row } from './rows.ts';

const ROWS = loanRows(3000, 5);
const without = (rows: readonly LoanRow[], name: 'label' | 'score', where: (row: LoanRow, i: number) => boolean): LoanRow[] =>
  changed(rows, (row, i) => (where(row, i) ? { [name]: null } : {}) as Row);
const unlabelled = (rows: readonly LoanRow[]): LoanRow[] => without(rows, 'label', () => true);
const checks = (report: Report): string[] =>
  report.checks.flatMap(({ id, verdict }) => (id.startsWith('estimated_performance/') ? [`${id} ${verdict}`] : []));
const unlike = (report: Report): string[] => checks(report).filter((check) => !check.endsWith(' pass'));
/** What stands beside an estimate for the baseline. */
const then = (report: Report, id: string): number => report.performance!.estimates.find(({ metric }) => metric === id)!.baseline!;

/** Four of ten rows are decided by a rule, that gives no score and is right nearly always. */
const byRule = (rows: readonly LoanRow[]): LoanRow[] =>
  changed(rows, ({ label }, i) => (i % 10 < 4 ? { score: null, prediction: i % 100 === 0 ? 1 - label : label } : {}) as Row);

describe('before labels come, a baseline of which', () => {
  it('mostly rows that were predicted positive have a label promises of all its rows what is estimated of all now', async () => {
    const report = await judge(
      unlabelled(ROWS),
      FLAGS,
      {},
      without(BASE, 'label', ({ prediction }, i) => prediction === 0 && i % 10 < 7),
    );
    expect([checks(report).length, unlike(report)]).toEqual([16, []]);
    // Its labels alone have a recall of 0.91.
    expect(then(report, 'recall')).toBeLessThan(0.79);
    expect(report.checks.find(({ id }) => id === 'estimated_performance/recall')!.expected).toBe(then(report, 'recall'));
  });
  it('rows without a score are the surer ones is no better than rows with one are now', async () => {
    const base = byRule(BASE);
    const report = await judge(unlabelled(byRule(ROWS)), FLAGS, {}, base);
    expect([checks(report).length, unlike(report)]).toEqual([16, []]);
    const scored = base.filter(({ score }) => score !== null);
    const right = scored.filter(({ label, prediction }) => label === prediction).length / scored.length;
    expect(Math.abs(then(report, 'accuracy') - right)).toBeLessThan(0.01);
  });
  it('rows without a score are the worse ones does not hide that those with one have become worse', async () => {
    const wrong = (rows: readonly LoanRow[]): LoanRow[] =>
      changed(rows, ({ label }, i) => (i % 10 < 4 ? { score: null, prediction: i % 2 === 0 ? label : 1 - label } : {}) as Row);
    // Predicted by a cut-off that costs ten points of accuracy.
    const cut = changed(ROWS, ({ score }) => ({ prediction: score >= 0.8 ? 1 : 0 }));
    const report = await judge(unlabelled(wrong(cut)), FLAGS, {}, wrong(BASE));
    expect(checks(report)).toContain('estimated_performance/accuracy fail');
  });
  it('rows without a score of every class are the surer ones is no better, of several classes', async () => {
    const sure = (rows: readonly LoanRow[]): LoanRow[] =>
      changed(ofClasses(rows), ({ label }, i) => (i % 10 < 5 ? { p_a: null, prediction: label } : {}) as Row);
    const report = await judge(unlabelled(sure(ROWS)), OF_CLASSES, {}, sure(BASE));
    expect(checks(report)).toEqual(['', '@region=N', '@region=S', '@region=W'].map((of) => `estimated_performance/accuracy${of} pass`));
    expect(Math.abs(then(report, 'accuracy') - metricValue(report, 'estimated_accuracy')!)).toBeLessThan(0.03);
  });
  it('mostly the surer rows have a label is as unsure as all of its rows, of several classes', async () => {
    const sure = (rows: readonly LoanRow[]): LoanRow[] =>
      changed(ofClasses(rows), ({ x, prediction }, i) => {
        const first = x < 50 ? 0.98 : 0.4;
        const right = x < 50 ? i % 50 > 0 : i % 5 < 2;
        const others = CLASSES.filter((name) => name !== (prediction as unknown));
        return {
          label: right ? prediction : others[Math.floor(i / 50) % 2],
          ...Object.fromEntries(CLASSES.map((name) => [`p_${name}`, name === (prediction as unknown) ? first : (1 - first) / 2])),
        } as Row;
      });
    const report = await judge(
      unlabelled(sure(ROWS)),
      OF_CLASSES,
      {},
      without(sure(BASE), 'label', ({ x }, i) => x >= 50 && Math.floor(i / 7) % 10 > 0),
    );
    const { value, interval } = metricOf(report, 'estimated_accuracy');
    const share = Number(value);
    expect(Math.abs(share - 0.69)).toBeLessThan(0.03);
    expect(Number(interval![1]) - share).toBeGreaterThan(3 * Math.sqrt((share * (1 - share)) / ROWS.length));
  });
  it('mostly the rows of small errors have a label promises the errors of all its rows, of a regression', async () => {
    const loans = (rows: readonly LoanRow[]): LoanRow[] =>
      changed(rows, ({ x, region, score }) => ({ prediction: x, label: x + (region === 'N' ? 40 : 4) * (score - 0.5) }));
    const flags = { ...FLAGS, score: [], facet: undefined } as unknown as typeof FLAGS;
    const base = without(loans(BASE), 'label', ({ region }, i) => region === 'N' && i % 10 > 0);
    const report = await judge(unlabelled(loans(ROWS)), flags, { problem: 'regression' }, base);
    expect(checks(report)).toEqual(
      ['', '@region=N', '@region=S', '@region=W'].map((of) => `estimated_performance/mean_absolute_error${of} pass`),
    );
  });
  it('rows of one input hardly have a label, which the score does not know, is weighted to all its rows as the window is', async () => {
    const noisy = (rows: readonly LoanRow[]): LoanRow[] =>
      changed(rows, ({ region, label }, i) => (region === 'N' ? { label: i % 2 } : { label }));
    const base = without(noisy(BASE), 'label', ({ region }, i) => region === 'N' && i % 10 > 0);
    const now = noisy(ROWS);
    const report = await judge(unlabelled(now), FLAGS, {}, base);
    // Of rows in the north that have a label none is positive: neither recall nor ROC AUC.
    expect([checks(report).length, unlike(report)]).toEqual([14, []]);
    const right = now.filter(({ label, prediction }) => label === prediction).length / now.length;
    expect(Math.abs(report.performance!.estimates[0]!.estimate! - right)).toBeLessThan(0.03);
    expect(Math.abs(then(report, 'accuracy') - right)).toBeLessThan(0.03);
    expect(notes(report)).toMatch(
      /The inputs are not those of the baseline's rows with a label and a score: estimates are calibrated on .* weighted/,
    );
    expect(notes(report)).not.toContain('have shifted');
  });
  it('few rows have a label says of unchanged inputs nothing of a shift', async () => {
    for (const seed of [5, 6, 7]) {
      const report = await judge(unlabelled(loanRows(3000, seed)), FLAGS, {}, loanRows(150, seed + 20));
      expect([checks(report).length, notes(report)]).toEqual([4, expect.not.stringMatching(/shifted|inputs are/)]);
    }
  });
  it('only rows that were predicted positive have a label says nothing of rows that score lower, and why', async () => {
    const report = await judge(
      unlabelled(ROWS),
      FLAGS,
      {},
      without(BASE, 'label', ({ prediction }) => prediction === 0),
    );
    expect([checks(report), metricOf(report, 'estimated_recall').value]).toEqual([[], null]);
    expect(notes(report)).toContain(
      "Nothing is estimated before labels come: too many scores lie beyond those of the baseline's rows with a label.",
    );
    expect(notes(report)).not.toContain('An estimate without labels');
  });
  it('no row was predicted positive has no bounds for what such rows come to', async () => {
    const none = changed(BASE, () => ({ prediction: 0 }));
    const report = await judge(unlabelled(ROWS), FLAGS, {}, none);
    const recall = report.performance!.estimates.find(({ metric }) => metric === 'recall')!;
    expect(recall).toMatchObject({ low: null, high: null, baseline: 0 });
    expect(recall.estimate).toBeGreaterThan(0.7);
  });
  it.each([
    ['hardly a row has a score', (_: LoanRow, i: number) => i >= 50],
    ['no row has a score', () => true],
    ['only rows of one class have a score', ({ label }: LoanRow) => label === 0],
  ])('%s teaches nothing', async (_, missing) => {
    const report = await judge(unlabelled(ROWS), FLAGS, {}, without(BASE, 'score', missing));
    expect([checks(report), report.performance!.estimates]).toEqual([[], []]);
  });
});

it('an estimate is held against what the labels showed of the rows with a score', async () => {
  const rows = byRule(ROWS);
  const report = await judge(rows, FLAGS, {}, byRule(BASE));
  const scored = rows.filter(({ score }) => score !== null);
  const right = scored.filter(({ label, prediction }) => label === prediction).length / scored.length;
  const error = metricOf(report, 'estimated_accuracy_error');
  expect([error.rows, error.value]).toEqual([scored.length, expect.closeTo(metricValue(report, 'estimated_accuracy')! - right, 10)]);
  expect(report.performance!.estimates.find(({ metric }) => metric === 'accuracy')!.realised).toBeCloseTo(right, 10);
});
