import { describe, expect, it } from 'vitest';
import { BASE, FLAGS, fallen, judge, lab, NOW, notes, write } from './judge.ts';
import { type Flags, metricOf, metricValue, outcomeRows } from './lab.ts';
import { changed, type LoanRow, without } from './rows.ts';

describe('labels', () => {
  it('of an unknown class are noted and taken as unlabelled', async () => {
    const report = await judge(changed(NOW, ({ label }, i) => ({ label: i % 10 === 0 ? 7 : label })));
    expect(notes(report)).toContain(
      '200 of 2,000 rows have a label (label) of no class the baseline knows: found "7", expected "0", "1"; they are taken as unlabelled.',
    );
    expect(report.performance!.rows).toEqual({ all: 2000, labelled: 1800, judged: 1800 });
    const kept = NOW.filter((_, i) => i % 10 !== 0);
    expect(metricValue(report, 'accuracy')).toBeCloseTo(kept.filter(({ label, prediction }) => label === prediction).length / 1800, 12);
    expect(fallen(report)).toEqual([]);
  });
  it('of an unknown class as text, too', async () => {
    const words = (rows: readonly LoanRow[]): LoanRow[] =>
      changed(rows, ({ label, prediction }) => ({ label: label ? 'yes' : 'no', prediction: prediction ? 'yes' : 'no' }));
    const rows = changed(words(NOW), ({ label }, i) => ({ label: i % 10 === 0 ? 'maybe' : label }));
    const report = await judge(rows, { ...FLAGS, positive: ['yes'] }, {}, words(BASE));
    expect(notes(report)).toContain('200 of 2,000 rows have a label (label) of no class');
    expect(report.performance!.rows.judged).toBe(1800);
  });
  it('that are no known pair ask for --positive, and nothing is guessed', async () => {
    for (const [no, yes] of [
      ['no', 'yes'],
      ['1', '2'],
      ['bad', 'good'],
    ]) {
      const words = (rows: readonly LoanRow[]): LoanRow[] =>
        changed(rows, ({ label, prediction }) => ({ label: label ? yes : no, prediction: prediction ? yes : no }));
      const report = await judge(words(NOW), FLAGS, {}, words(BASE));
      expect(notes(report)).toMatch(/not judged: which of the label's values ".+" and ".+" is positive was not said \(--positive/);
      expect(outcomeRows(report)).toEqual([]);
      expect(report.factors).toMatchObject({ accuracy: 'not_applicable', fairness: 'not_applicable' });
    }
  });
  it('of which the positive never occurs is one clear error', async () => {
    const error = await judge(NOW, { ...FLAGS, positive: ['9'] }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'UsageError', message: '--positive: "9" never occurs in label: found "0", "1"' });
  });
  it('of which one of two positive values never occurs say so, and are judged', async () => {
    const report = await judge(NOW, { ...FLAGS, positive: ['1', '7'] }, {}, null);
    expect(notes(report)).toContain('Of the positive values "7" never occurs in label.');
    expect(metricOf(report, 'accuracy')).toEqual(metricOf(await judge(NOW, FLAGS, {}, null), 'accuracy'));
    expect(notes(await judge(NOW, { ...FLAGS, positive: ['1'] }, {}, null))).not.toContain('never occurs');
  });
  it('of which every value is positive are one clear error', async () => {
    const error = await judge(NOW, { ...FLAGS, positive: ['0', '1'] }).catch((reason: unknown) => reason);
    expect(String(error)).toMatch(/every value of label is positive \("[01]", "[01]"\)/);
  });
  it('none of them, or none that is a number of a regression, is said', async () => {
    const report = await judge(
      changed(NOW, () => ({ label: null })),
      FLAGS,
      {},
      null,
    );
    expect(notes(report)).toContain('No row has a label (label).');
    const words = changed(NOW, ({ x, label }) => ({ prediction: x, label: label ? 'yes' : 'no' }));
    const flags = { label: 'label', prediction: 'prediction', problem: 'regression' } as Flags;
    expect(notes(await judge(words, flags, {}, null))).toContain('No row has a number as label (label).');
  });
  it('of a third class make a score of none useless, which is said', async () => {
    const third = changed(NOW, ({ label }, i) => ({ label: i === 7 ? 7 : label }));
    expect(notes(await judge(third, FLAGS, {}, null))).toMatch(
      /The score score is not used: of several classes \("0", "1", "7"\) each takes its own/,
    );
  });
  it('in several spellings of a number are one class', async () => {
    const plain = await judge(NOW, FLAGS, {}, null);
    for (const spelled of [
      ['0', '1', '0.0', '1.0'],
      ['0', '1', 'false', 'true'],
    ]) {
      const report = await judge(
        changed(NOW, ({ label }, i) => ({ label: spelled[label + (i % 3 === 0 ? 2 : 0)] })),
        FLAGS,
        {},
        null,
      );
      expect(report.performance).toMatchObject({ problem: 'binary', rows: plain.performance!.rows, roc: plain.performance!.roc });
      expect(metricOf(report, 'accuracy')).toEqual(metricOf(plain, 'accuracy'));
    }
  });
  it('of many values, of which the positive never occurs, are one clear error too; where it does, nothing is said', async () => {
    const many = changed(NOW, (_, i) => ({ label: `k${i % 60}`, prediction: `k${i % 59}` }));
    const flags: Flags = { label: 'label', prediction: 'prediction' };
    const error = await judge(many, { ...flags, positive: ['nonsense'], problem: 'binary' }, {}, null).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'UsageError', message: expect.stringMatching(/^--positive: "nonsense" never occurs in label/) });
    const report = await judge(many, { ...flags, positive: ['k59'], problem: 'binary' }, {}, null);
    expect(metricValue(report, 'base_rate')).toBeCloseTo(33 / 2000, 12);
  });
  it('of three values, one said to be positive: said that it is not used', async () => {
    const report = await judge(
      changed(NOW, ({ label }, i) => ({ label: i % 9 === 0 ? 2 : label })),
      { ...FLAGS, positive: ['1'] },
      {},
      null,
    );
    expect(report.performance!.problem).toBe('multiclass');
    expect(notes(report)).toContain('That "1" is positive is not used');
  });
  it('written otherwise than predictions, with the positive value of both given, are judged', async () => {
    const words = changed(NOW, ({ label }) => ({ label: label ? 'yes' : 'no' }));
    const report = await judge(words, { ...FLAGS, positive: ['yes', '1'] }, {}, null);
    expect(metricOf(report, 'accuracy')).toEqual(metricOf(await judge(NOW, FLAGS, {}, null), 'accuracy'));
  });
  it('and predictions that the baseline does not have are judged without it; its missing scores are said', async () => {
    const lacking = ['label', 'prediction', 'score'].reduce(without, BASE as readonly LoanRow[]);
    const before = await lab.baseline(write(lacking), { id: 'id' }, {});
    const report = await lab.check(before, write(NOW), FLAGS, {});
    expect(metricOf(report, 'accuracy')).toEqual(metricOf(await judge(NOW, FLAGS, {}, null), 'accuracy'));
    expect(notes(report)).toContain('The baseline has no scores in score: what is made of scores is not measured.');
    expect(report.checks.filter(({ verdict }) => verdict === 'fail')).toEqual([]);
  });
  it('all missing: nothing realised, estimates of all rows, fairness of predictions', async () => {
    for (const base of [BASE, null]) {
      const report = await judge(
        changed(NOW, () => ({ label: null })),
        FLAGS,
        {},
        base,
      );
      expect(report.performance!.rows).toEqual({ all: 2000, labelled: 0, judged: 0 });
      expect(outcomeRows(report).filter(({ metric, value }) => metric === 'accuracy' && value !== null)).toEqual([]);
      expect(metricValue(report, 'selection_rate', { facet: 'sex=F' })).toBeGreaterThan(0);
      expect(metricOf(report, 'base_rate', { facet: 'sex=F' })).toMatchObject({ value: null, reason: expect.stringMatching(/label/) });
      if (base !== null) expect(metricValue(report, 'estimated_accuracy')).toBeCloseTo(0.75, 1);
    }
  });
  it('of one class only: no curve, no false alarm of fairness, reasons', async () => {
    for (const label of [0, 1]) {
      const report = await judge(changed(NOW, () => ({ label })));
      expect(metricOf(report, 'roc_auc')).toMatchObject({ value: null, reason: 'labels of one class only' });
      const other = label === 1 ? 'specificity' : 'recall';
      expect(metricOf(report, other)).toMatchObject({ value: null, reason: expect.stringMatching(/./) });
      expect(fallen(report).filter((id) => id.startsWith('fairness_gap'))).toEqual([]);
    }
  });
  it('of one class in the baseline as well', async () => {
    const report = await judge(
      changed(NOW, () => ({ label: 1 })),
      FLAGS,
      {},
      changed(BASE, () => ({ label: 1 })),
    );
    expect(fallen(report)).toEqual([]);
  });
  it('absent from the data: predictions and estimates are judged', async () => {
    const report = await judge(without(NOW, 'label'));
    expect(report.performance!.label).toBeNull();
    expect(report.performance!.rows.labelled).toBe(0);
    // Of all rows, and of three regions.
    expect(report.checks.filter(({ id }) => id.startsWith('estimated_performance/'))).toHaveLength(16);
    expect(notes(report)).toContain('An estimate without labels cannot see');
    expect(fallen(report)).toEqual([]);
  });
  it('infinite in a regression, and predictions that are NaN, are left out, the infinite said, and the rest is exact', async () => {
    const flags: Flags = { label: 'label', prediction: 'prediction', problem: 'regression', id: 'id' };
    const numbers = (rows: readonly LoanRow[]): LoanRow[] => changed(rows, ({ x }, i) => ({ label: x * 1.5, prediction: x + (i % 3) }));
    const rows = changed(numbers(NOW), ({ label, prediction }, i) => ({
      label: i % 9 === 0 ? 'Infinity' : i % 9 === 1 ? '' : label,
      prediction: i % 7 === 0 ? 'NaN' : prediction,
    }));
    const report = await judge(rows, flags, {}, numbers(BASE));
    const kept = numbers(NOW).filter((_, i) => i % 9 > 1 && i % 7 !== 0);
    const mean = kept.reduce((sum, { label, prediction }) => sum + Math.abs(prediction - label), 0) / kept.length;
    expect(metricValue(report, 'mean_absolute_error')).toBeCloseTo(mean, 9);
    expect(report.performance!.rows.judged).toBe(kept.length);
    expect(notes(report)).toContain(
      '223 of 2,000 rows have a label (label) or a prediction (prediction) that is infinite or beyond ±1e60: accuracy and fairness leave them out.',
    );
    const finite = await judge(numbers(NOW), flags, {}, numbers(BASE));
    expect(notes(finite)).not.toContain('infinite');
  });
  it('a regression of scores: infinite ones are said of their column', async () => {
    const flags: Flags = { label: 'label', score: ['score'], problem: 'regression', id: 'id' };
    const rows = changed(NOW, ({ x }, i) => ({ label: x * 1.5, score: i === 3 ? '-Infinity' : x }));
    expect(notes(await judge(rows, flags, {}, null))).toContain('1 of 2,000 rows has a label (label) or a prediction (score) that is');
  });
  it.each([80, 152, 308])('a regression whose squares of errors are beyond a double says so: 1e%d', async (power) => {
    const flags: Flags = { label: 'label', prediction: 'prediction', problem: 'regression', id: 'id' };
    const numbers = (rows: readonly LoanRow[]): LoanRow[] =>
      changed(rows, ({ x }, i) => ({ label: `1e${power}`, prediction: `${i % 2 ? -1 : 1}e${power}`, x }));
    const report = await judge(numbers(NOW), flags, {}, numbers(BASE));
    expect(notes(report)).toContain(
      '2,000 of 2,000 rows have a label (label) or a prediction (prediction) that is infinite or beyond ±1e60',
    );
    expect(report.performance!.rows.judged).toBe(0);
  });
  it('a regression whose squares are beyond a double gives a report', async () => {
    const numbers = (rows: readonly LoanRow[]): LoanRow[] => changed(rows, ({ x }) => ({ label: x * 1e200, prediction: x }));
    await judge(numbers(NOW), { label: 'label', prediction: 'prediction', problem: 'regression', id: 'id' }, {}, numbers(BASE));
  });
  it('a class that reads as a number without end, "Infinity", is a class', async () => {
    const words = (rows: readonly LoanRow[]): LoanRow[] =>
      changed(rows, ({ label, prediction }) => ({ label: label ? 'Infinity' : 'no', prediction: prediction ? 'Infinity' : 'no' }));
    await judge(words(NOW), { ...FLAGS, positive: ['Infinity'] }, {}, words(BASE));
  });
  it('a third value of the label, so that the problem is taken for one of several classes, is said where facets were asked for', async () => {
    const third = (rows: readonly LoanRow[]): LoanRow[] => changed(rows, ({ label }, i) => ({ label: i % 50 === 0 ? -1 : label }));
    const report = await judge(third(NOW), FLAGS, {}, third(BASE));
    expect(report.fairness !== undefined || /fairness|facet|classes/i.test(notes(report))).toBe(true);
  });
});

describe('predictions', () => {
  it('absent from the data now are taken from the score', async () => {
    const report = await judge(without(NOW, 'prediction'));
    expect(metricValue(report, 'accuracy')).toBe(metricValue(await judge(NOW), 'accuracy'));
    expect(report.checks.find(({ id }) => id === 'missing_column/prediction')?.verdict).toBe('fail');
  });
  it.each([
    ['0.2', (score: number) => score >= 0.2],
    ['0.85', (score: number) => score >= 0.85],
  ])('absent from the data now are taken from a score of %s on, where those of the baseline begin', async (from, chosen) => {
    const cut = (rows: readonly LoanRow[]): LoanRow[] => changed(rows, ({ score }) => ({ prediction: chosen(score) ? 1 : 0 }));
    const report = await judge(without(cut(NOW), 'prediction'), FLAGS, {}, cut(BASE));
    expect(metricValue(report, 'recall')).toBe(metricValue(await judge(cut(NOW), FLAGS, {}, cut(BASE)), 'recall'));
    expect(fallen(report)).toEqual([]);
    expect(notes(report)).toContain(`rows count as predicted positive from a score (score) of ${from} on, as there.`);
  });
  it('absent from the data now are not made up where no threshold gives those of the baseline', async () => {
    const random = changed(BASE, (_, i) => ({ prediction: i % 2 }));
    const report = await judge(without(NOW, 'prediction'), FLAGS, {}, random);
    expect([fallen(report), report.performance!.threshold]).toEqual([[], null]);
    expect(notes(report)).toContain('whose predictions no threshold of the score (score) gives: nothing is predicted.');
  });
  it('in other words than labels (0 and 1 of <=50K and >50K) are predictions, or nothing is judged', async () => {
    const words = (rows: readonly LoanRow[]): LoanRow[] => changed(rows, ({ label }) => ({ label: label ? '>50K' : '<=50K' }));
    const report = await judge(words(NOW), { ...FLAGS, positive: ['>50K', '1'] }, {}, words(BASE));
    const right = NOW.filter(({ label, prediction }) => label === prediction).length / NOW.length;
    expect([expect.closeTo(right, 12), undefined]).toContainEqual(
      outcomeRows(report).find(({ metric, segment, parameters }) => metric === 'accuracy' && segment === null && !parameters.predictor)
        ?.value,
    );
  });
});
