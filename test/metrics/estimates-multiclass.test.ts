import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  calibrateClasses,
  certainties,
  estimateMulticlass,
  estimatePerformance,
  expectedMatrix,
  fitMulticlassEstimator,
  type LabelledMulticlassRows,
  MULTICLASS_ESTIMATES,
  type MulticlassEstimator,
  multiclassDeviations,
  multiclassPerformance,
  samplingDeviations,
} from '../../layers/quality/metrics/estimates/index.ts';
import { draws } from '../checks/draw.ts';
import { mismatch, readCases } from '../reference/cases.ts';

const part = (rows: LabelledMulticlassRows, from: number, to: number): LabelledMulticlassRows => ({
  classes: rows.classes,
  probabilities: Array.from(rows.probabilities).slice(from * rows.classes, to * rows.classes),
  predictions: Array.from(rows.predictions).slice(from, to),
  labels: Array.from(rows.labels).slice(from, to),
});
const chunksOf = (rows: LabelledMulticlassRows, size: number): LabelledMulticlassRows[] =>
  Array.from({ length: rows.labels.length / size }, (_, i) => part(rows, i * size, (i + 1) * size));

/** NannyML has no average precision of several classes. */
const COMPARED = MULTICLASS_ESTIMATES.filter((id) => id !== 'average_precision');

describe('cbpe-multiclass.json', () => {
  it.each(readCases('cbpe-multiclass').map((each) => [each.id, each] as const))('%s', (_, { inputs, expected, tolerance }) => {
    const [reference, windows] = [inputs.reference, inputs.windows].map((rows) => ({ classes: inputs.classes, ...rows }));
    const chunks = chunksOf(reference, inputs.size);
    const always = fitMulticlassEstimator(reference, chunks, { seed: 'reference', calibrate: 'always' });
    const calibrations = always.calibrations.map((map, k) => (expected.calibrated[k] ? map : null));
    const estimator: MulticlassEstimator = { ...always, calibrations };
    const wrong: (string | null)[] = [];
    const compare = (got: number | null, goal: number, id: string): void => void wrong.push(mismatch(got, goal, tolerance, id));
    const check = (rows: LabelledMulticlassRows, goals: Record<string, { value: number; realized?: number; alert: boolean }>): void => {
      const [estimates, realised] = [estimateMulticlass(estimator, rows), multiclassPerformance(rows, certainties(rows))];
      for (const id of COMPARED) {
        compare(estimates[id].value, goals[id]!.value, id);
        if (goals[id]!.realized !== undefined) compare(realised[id].value, goals[id]!.realized!, `${id} realised`);
        expect([id, estimates[id].alarm]).toEqual([id, goals[id]!.alert]);
      }
    };
    chunks.forEach((chunk, i) => {
      check(chunk, expected.reference[i]);
    });
    chunksOf(windows, inputs.size).forEach((window, i) => {
      check(window, expected.windows[i]);
    });
    for (const id of COMPARED) {
      compare(estimator.bands[id]!.lower, expected.bands[id][0], `${id} lower`);
      compare(estimator.bands[id]!.upper, expected.bands[id][1], `${id} upper`);
    }
    for (const id of ['accuracy', 'precision', 'recall'] as const)
      if (expected.sampling_error[id] !== null)
        compare(estimator.deviations[id]! / Math.sqrt(inputs.size), expected.sampling_error[id], `${id} error`);
    expect(wrong.filter((each) => each !== null)).toEqual([]);
  });
  it('calibrates scores that are too sharp, as NannyML does', () => {
    const { inputs } = readCases('cbpe-multiclass')[0]!;
    const { decisions, calibrations } = fitMulticlassEstimator({ classes: 3, ...inputs.reference }, [], { seed: 'any' });
    expect(decisions.map(({ needed }) => needed)).toEqual([true, true, true]);
    expect(calibrations.map((map) => map !== null)).toEqual([true, true, true]);
  });
});

const { uniform, normal } = draws(77);

/** Labels from the softmax of logits; the score is that of the logits twice as large. `shift` moves the first logit. */
function window(rows: number, classes: number, shift: number): LabelledMulticlassRows {
  const [probabilities, predictions, labels]: number[][] = [[], [], []];
  const softmax = (logits: number[]): number[] => {
    const sum = logits.reduce((all, logit) => all + Math.exp(logit), 0);
    return logits.map((logit) => Math.exp(logit) / sum);
  };
  for (let i = 0; i < rows; i++) {
    const logits = Array.from({ length: classes }, (_, k) => 1.2 * normal() + (k === 0 ? shift : 0));
    let u = uniform();
    labels!.push(Math.min(classes - 1, softmax(logits).findIndex((p) => (u -= p) < 0) >>> 0));
    probabilities!.push(...softmax(logits.map((logit) => 2 * logit)));
    predictions!.push(logits.indexOf(Math.max(...logits)));
  }
  return { classes, probabilities: probabilities!, predictions: predictions!, labels: labels! };
}

describe('without a change of P(label | features), 3 classes', () => {
  const baseline = window(20000, 3, 0);
  const estimator = fitMulticlassEstimator(baseline, chunksOf(baseline, 1000), { seed: 'windows' });
  it.each([
    ['the inputs stay', 0],
    ['the inputs move', 0.7],
  ])('%s: the truth lies within 3 sampling errors in at least 194 of 200 windows', (_, shift) => {
    const held: Record<string, number> = {};
    for (let i = 0; i < 200; i++) {
      const rows = window(1000, 3, shift);
      const [estimate, truth] = [estimateMulticlass(estimator, rows), multiclassPerformance(rows, certainties(rows))];
      for (const id of MULTICLASS_ESTIMATES) {
        const { lower, upper } = estimate[id].confidence!;
        held[id] = (held[id] ?? 0) + (truth[id].value! >= lower && truth[id].value! <= upper ? 1 : 0);
      }
    }
    if (process.env.ASSAY_COVERAGE === 'full') console.log(`multiclass, shift ${shift}: of 200`, held);
    for (const id of MULTICLASS_ESTIMATES) expect(held[id]).toBeGreaterThanOrEqual(194);
  });
  it('the deviations are those of 400 windows, within 12 %', () => {
    const truths = Array.from({ length: 400 }, () => {
      const rows = window(1000, 3, 0);
      return multiclassPerformance(rows, certainties(rows));
    });
    const ratios = MULTICLASS_ESTIMATES.map((id) => {
      const values = truths.map((truth) => truth[id].value!);
      const mean = values.reduce((a, b) => a + b, 0) / values.length;
      const seen = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
      return [id, estimator.deviations[id]! / Math.sqrt(1000) / seen] as const;
    });
    if (process.env.ASSAY_COVERAGE === 'full') console.log(Object.fromEntries(ratios));
    expect(ratios.filter(([, ratio]) => Math.abs(ratio - 1) > 0.12)).toEqual([]);
  });
  it('survives being stored', () => {
    const rows = window(300, 3, 0.3);
    expect(estimateMulticlass(JSON.parse(JSON.stringify(estimator)), rows)).toEqual(estimateMulticlass(estimator, rows));
  });
});

describe('of two classes it is the binary estimate', () => {
  const rows = window(3000, 2, 0);
  it('in the expected values and the deviation of accuracy and ROC AUC', () => {
    const binary = {
      scores: rows.labels.length ? Array.from({ length: 3000 }, (_, i) => rows.probabilities[2 * i + 1]!) : [],
      probabilities: rows.labels,
      predictions: rows.predictions,
    };
    const [two, one] = [multiclassPerformance(rows, certainties(rows)), estimatePerformance(binary)];
    for (const id of ['accuracy', 'roc_auc'] as const) expect(two[id].value).toBeCloseTo(one[id].value!, 12);
    expect(two.recall.value).toBeCloseTo((one.recall.value! + one.specificity.value!) / 2, 12);
    const [many, few] = [multiclassDeviations(rows), samplingDeviations(binary, { seed: 'any', rounds: 2 })];
    expect(many.accuracy).toBeCloseTo(few.accuracy!, 12);
    expect(many.roc_auc! / few.roc_auc!).toBeCloseTo(1, 3);
  });
});

const arbitraryRows = fc.integer({ min: 2, max: 4 }).chain((classes) =>
  fc
    .array(
      fc.record({
        scores: fc.array(fc.integer({ min: 0, max: 8 }), { minLength: classes, maxLength: classes }),
        prediction: fc.integer({ min: 0, max: classes - 1 }),
        label: fc.integer({ min: 0, max: classes - 1 }),
        weight: fc.integer({ min: 1, max: 3 }),
      }),
      { minLength: 1, maxLength: 40 },
    )
    .map((rows) => ({
      classes,
      probabilities: rows.flatMap(({ scores }) => scores.map((score) => score / 8)),
      predictions: rows.map(({ prediction }) => prediction),
      labels: rows.map(({ label }) => label),
      weights: rows.map(({ weight }) => weight),
    })),
);

describe('always', () => {
  it('probabilities of a row sum to 1, estimates lie within 0 and 1, and the matrix holds all rows', () => {
    fc.assert(
      fc.property(arbitraryRows, (rows) => {
        const { calibrations } = fitMulticlassEstimator(rows, [], { seed: 'any', calibrate: 'always' });
        const calibrated = calibrateClasses(rows, calibrations);
        for (let i = 0; i < rows.labels.length; i++)
          expect(calibrated.subarray(i * rows.classes, (i + 1) * rows.classes).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
        const cells = expectedMatrix(rows, calibrated).cells;
        expect(Array.from(cells).reduce((a, b) => a + b, 0)).toBeCloseTo(
          rows.weights.reduce((a, b) => a + b, 0),
          9,
        );
        for (const { value } of Object.values(multiclassPerformance(rows, calibrated)))
          if (value !== null) expect(value >= 0 && value <= 1 + 1e-12).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
  it('a row of weight n is n rows, and the order of rows does not matter', () => {
    fc.assert(
      fc.property(arbitraryRows, (rows) => {
        const order = rows.weights.flatMap((weight, i) => new Array<number>(weight).fill(i)).reverse();
        const each = {
          classes: rows.classes,
          probabilities: order.flatMap((i) => rows.probabilities.slice(i * rows.classes, (i + 1) * rows.classes)),
          predictions: order.map((i) => rows.predictions[i]!),
          labels: order.map((i) => rows.labels[i]!),
        };
        const [a, b] = [rows, each].map((side) => fitMulticlassEstimator(side, [side, side], { seed: 'any' }));
        expect(a!.calibrations).toEqual(b!.calibrations);
        const [x, y] = [estimateMulticlass(a!, rows), estimateMulticlass(b!, each)];
        for (const id of MULTICLASS_ESTIMATES) {
          expect(x[id].value === null).toBe(y[id].value === null);
          expect(x[id].value ?? 0).toBeCloseTo(y[id].value ?? 0, 12);
          expect(x[id].samplingError ?? 0).toBeCloseTo(y[id].samplingError ?? 0, 12);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('degenerate rows', () => {
  const good = { classes: 3, probabilities: [0.7, 0.2, 0.1, 0.1, 0.8, 0.1, 0.2, 0.2, 0.6], predictions: [0, 1, 2], labels: [0, 1, 2] };
  const estimator = fitMulticlassEstimator(good, [good, good], { seed: 'any', calibrate: 'never' });
  it.each([
    ['no rows', { classes: 3, probabilities: [], predictions: [] }],
    ['a score is not a number', { ...good, probabilities: good.probabilities.with(4, Number.NaN) }],
    ['a prediction is not one of the classes', { ...good, predictions: [0, 3, 1] }],
    ['rows do not have one score for each class', { ...good, predictions: [0, 1] }],
    ['another number of classes than in the baseline', { classes: 2, probabilities: [0.5, 0.5], predictions: [0] }],
    ['a number of rows is negative or missing', { ...good, weights: [1, -1, 1] }],
    ['a probability is not within 0 and 1', { ...good, probabilities: good.probabilities.with(4, -0.1) }],
  ])('%s: no value, no alarm, and the reason', (reason, rows) => {
    const { classes, probabilities, predictions, weights } = rows as LabelledMulticlassRows;
    for (const each of Object.values(estimateMulticlass(estimator, { classes, probabilities, predictions, weights })))
      expect(each).toMatchObject({ value: null, reason, samplingError: null, confidence: null, alarm: null });
  });
  it('a baseline of no use teaches nothing and says why', () => {
    const { decisions, deviations, bands } = fitMulticlassEstimator({ ...good, labels: [0, 1, 7] }, [], { seed: 'any' });
    expect(decisions.map(({ reason }) => reason)).toEqual(new Array(3).fill('a label is not one of the classes'));
    expect(Object.values({ ...deviations }).concat(Object.values(bands) as [])).toEqual(
      new Array(2 * MULTICLASS_ESTIMATES.length).fill(null),
    );
  });
  it('one class only: no calibration and no ROC AUC; the rest is of the class there is', () => {
    const one = { ...good, labels: [1, 1, 1], predictions: [1, 1, 1] };
    const { decisions, deviations } = fitMulticlassEstimator(one, [], { seed: 'any' });
    expect(decisions.map(({ reason }) => reason)).toEqual(new Array(3).fill('one class only'));
    expect(deviations.roc_auc).toBeNull();
    const performance = multiclassPerformance(one, certainties(one));
    expect(performance.roc_auc).toEqual({ value: null, reason: 'a class without rows, or only one' });
    expect(performance.accuracy.value).toBe(1);
    expect(performance.recall.value).toBe(1);
  });
  it('a class no row is of is expected of none, however much its scores promise', () => {
    const { uniform } = draws(3);
    const labels = Array.from({ length: 2000 }, () => Math.floor(2 * uniform()));
    const first = labels.map((label) => 0.75 * (label === 0 ? Math.sqrt(uniform()) : 1 - Math.sqrt(uniform())));
    const predictions = first.map((score) => (score >= 0.375 ? 0 : 1));
    const rows = { classes: 3, probabilities: first.flatMap((score) => [score, 0.75 - score, 0.25]), predictions, labels };
    const estimated = estimateMulticlass(fitMulticlassEstimator(rows, [], { seed: 'any' }), rows);
    const realised = multiclassPerformance(rows, certainties(rows));
    for (const id of ['accuracy', 'precision', 'recall', 'specificity', 'f1'] as const)
      expect(Math.abs(estimated[id].value! - realised[id].value!)).toBeLessThan(0.01);
    expect(estimated.roc_auc).toMatchObject({ value: null, reason: realised.roc_auc.reason });
  });
  it('a row whose maps are all 0 has the same probability for each class', () => {
    const none = { scores: [0, 1], values: [0, 0] };
    expect(Array.from(calibrateClasses({ classes: 2, probabilities: [0.3, 0.7], predictions: [1] }, [none, none]))).toEqual([0.5, 0.5]);
  });
});
