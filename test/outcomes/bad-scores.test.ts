import { describe, expect, it } from 'vitest';
import { BASE, FLAGS, fallen, judge, NOW, notes } from './judge.ts';
import { type Flags, metricOf, metricValue } from './lab.ts';
import { changed, type LoanRow, without } from './rows.ts';

describe('scores', () => {
  const scaled = (rows: readonly LoanRow[], of: (score: number) => unknown): LoanRow[] =>
    changed(rows, ({ score }) => ({ score: of(score) }));
  const logit = (score: number): number => Math.log((score + 0.001) / (1.001 - score));
  it.each([
    ['percentages', (score: number) => score * 100],
    ['logits, or on a scale of their own', logit],
  ])('that are %s: said, no log loss or Brier score, ranked all the same', async (like, of) => {
    const report = await judge(scaled(NOW, of), FLAGS, {}, scaled(BASE, of));
    expect(notes(report)).toContain(like);
    for (const id of ['log_loss', 'brier_score', 'expected_calibration_error'])
      expect(metricOf(report, id)).toMatchObject({ value: null, reason: 'scores outside 0 to 1' });
    const plain = await judge(NOW);
    expect(metricValue(report, 'roc_auc')).toBeCloseTo(metricValue(plain, 'roc_auc')!, 9);
    expect(metricValue(report, 'accuracy')).toBe(metricValue(plain, 'accuracy'));
    expect(report.performance!.threshold).toBeNull();
    expect(fallen(report)).toEqual([]);
  });
  it('that are percentages decide nothing where there is no prediction', async () => {
    const of = (score: number): number => score * 100;
    const flags = { ...FLAGS, ignore: ['prediction'] };
    const { prediction: _, ...only } = flags;
    const report = await judge(scaled(NOW, of), only as Flags, {}, scaled(BASE, of));
    expect(metricOf(report, 'accuracy')).toMatchObject({ value: null, reason: 'no rows with label and prediction' });
    expect(report.performance!.rows.judged).toBe(0);
  });
  it('that are percentages now, and were probabilities in the baseline, are said to be', async () => {
    const report = await judge(scaled(NOW, (score) => score * 100));
    expect(notes(report)).toMatch(/score.*(percent|outside|between 0 and 1)/i);
  });
  it('that are percentages now rank no worse in a segment: they rank the same over all rows', async () => {
    const report = await judge(scaled(NOW, (score) => score * 100));
    expect(metricValue(report, 'roc_auc')).toBeCloseTo(0.8311318451273061, 9);
    expect(fallen(report)).toEqual([]);
  });
  it('that are percentages or logits now decide nothing by the threshold of probabilities', async () => {
    const { prediction: _, ...flags } = FLAGS;
    for (const of of [(score: number) => score * 100, logit]) {
      const rows = without(scaled(NOW, of), 'prediction');
      const report = await judge(rows, flags as Flags, {}, without(BASE, 'prediction'));
      expect(notes(report)).toMatch(/outside 0 to 1, where the baseline's do not: (percentages|logits)\?.*nothing is decided/);
      expect(report.performance).toMatchObject({ threshold: null, rows: { judged: 0 } });
      expect(report.factors.fairness).toBe('not_applicable');
      expect(fallen(report)).toEqual([]);
    }
  });
  it('and predictions that no threshold brings together are noted, and that they are opposite', async () => {
    const turned = await judge(
      changed(NOW, ({ prediction }) => ({ prediction: 1 - prediction })),
      FLAGS,
      {},
      null,
    );
    expect(notes(turned)).toMatch(
      /At least \d+ of 2,000 rows have a prediction that no threshold of the score gives\. The higher the score, the fewer/,
    );
    const some = await judge(
      changed(NOW, ({ prediction }, i) => (i % 10 === 0 ? { prediction: 1 - prediction } : {})),
      FLAGS,
      {},
      null,
    );
    const least = Number(/At least (\d+) of 2,000 rows have a prediction that no threshold of the score gives\.$/m.exec(notes(some))![1]);
    expect(least).toBeGreaterThan(150);
    expect(least).toBeLessThanOrEqual(200);
    for (const report of [
      await judge(NOW),
      await judge(
        changed(NOW, ({ score }) => ({ prediction: score >= 0.83 ? 1 : 0 })),
        FLAGS,
        {},
        null,
      ),
    ])
      expect(notes(report)).not.toContain('threshold');
  });
  it('that are NaN or infinite are left out and counted', async () => {
    const odd = (i: number): string | null => (i % 4 === 0 ? 'NaN' : i % 4 === 1 ? 'Infinity' : i % 8 === 2 ? '-Infinity' : null);
    const rows = changed(NOW, ({ score }, i) => ({ score: odd(i) ?? score }));
    const report = await judge(rows);
    expect(notes(report)).toContain('1,250 of 2,000 rows have no finite score');
    const only = await judge(NOW.filter((_, i) => odd(i) === null));
    for (const id of ['roc_auc', 'average_precision', 'log_loss', 'brier_score'])
      expect([id, metricValue(report, id)]).toEqual([id, expect.closeTo(metricValue(only, id)!, 12)]);
    expect(metricValue(report, 'accuracy')).toBe(metricValue(await judge(NOW), 'accuracy'));
  });
  it('and predictions that disagree with a configured threshold are noted', async () => {
    const report = await judge(NOW, FLAGS, { threshold: 0.7 });
    const count = NOW.filter(({ score, prediction }) => (score >= 0.7 ? 1 : 0) !== prediction).length;
    expect(notes(report)).toContain(`${count} of 2,000 rows have a prediction that score and threshold 0.7 would not give`);
    expect(notes(await judge(NOW, FLAGS, { threshold: 0.5 }))).not.toContain('threshold');
  });
  it('give the predictions where there are none, at a half', async () => {
    const { prediction: _, ...flags } = FLAGS;
    const report = await judge(without(NOW, 'prediction'), flags as Flags, {}, without(BASE, 'prediction'));
    const plain = await judge(NOW);
    expect(report.performance!.threshold).toBe(0.5);
    for (const id of ['accuracy', 'precision', 'recall', 'roc_auc'])
      expect([id, metricValue(report, id)]).toEqual([id, metricValue(plain, id)]);
    for (const [threshold, expected] of [0.5, 0.25].map((t): [number, number] => [
      t,
      NOW.filter(({ score, label }) => (score >= t ? 1 : 0) === label).length / NOW.length,
    ]))
      expect(
        metricValue(await judge(without(NOW, 'prediction'), flags as Flags, { threshold }, without(BASE, 'prediction')), 'accuracy'),
      ).toBeCloseTo(expected, 12);
  });
  it('of one value, or of 0 and 1 alone, are judged', async () => {
    const constant = await judge(
      scaled(NOW, () => 0.3),
      FLAGS,
      {},
      scaled(BASE, () => 0.3),
    );
    expect(metricValue(constant, 'roc_auc')).toBe(0.5);
    expect(notes(constant)).not.toContain('percent');
    const hard = (rows: readonly LoanRow[]): LoanRow[] => changed(rows, ({ prediction }) => ({ score: prediction }));
    expect(fallen(await judge(hard(NOW), FLAGS, {}, hard(BASE)))).toEqual([]);
  });
  it('absent from the data: rates are judged, what needs scores says so', async () => {
    const report = await judge(without(NOW, 'score'));
    expect(metricOf(report, 'roc_auc')).toMatchObject({ value: null, reason: 'no scores' });
    expect(metricValue(report, 'accuracy')).toBe(metricValue(await judge(NOW), 'accuracy'));
  });
});
