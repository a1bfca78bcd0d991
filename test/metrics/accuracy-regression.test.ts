import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Database, parquetTable } from '../../layers/quality/engine/database.ts';
import * as a from '../../layers/quality/metrics/accuracy/index.ts';
import type { Outcome } from '../../layers/quality/metrics/outcome.ts';
import { type Case, dataFolder, hasData, mismatch, readCases, readDataCases, type Tolerance } from '../reference/cases.ts';

const METRICS: Record<string, (sums: a.RegressionSums) => Outcome> = {
  n: ({ rows }) => ({ value: rows }),
  mae: a.meanAbsoluteError,
  mse: a.meanSquaredError,
  rmse: a.rootMeanSquaredError,
  mean_error_prediction_minus_label: a.meanError,
  max_error: a.maximumError,
  mape_sklearn: (sums) => a.meanAbsolutePercentageError(sums, 'floored'),
  mape_without_zero_labels: a.meanAbsolutePercentageError,
  smape_0_to_2: a.symmetricMeanAbsolutePercentageError,
  wape: a.weightedAbsolutePercentageError,
  r2: a.r2,
  explained_variance: a.explainedVariance,
  'pinball_0.1': (sums) => a.meanPinballLoss(sums, 0.1),
  'pinball_0.5': (sums) => a.meanPinballLoss(sums, 0.5),
  'pinball_0.9': (sums) => a.meanPinballLoss(sums, 0.9),
  msle: a.meanSquaredLogError,
  rmsle: a.rootMeanSquaredLogError,
};
const POWERS: Record<string, number> = { poisson_deviance: 1, 'tweedie_deviance_1.5': 1.5, gamma_deviance: 2 };

interface Rows {
  label: number[];
  prediction: number[];
  weight?: number[];
}

/** By the sums of the whole and by sums merged from three parts, which must agree. */
function compare({ label, prediction, weight }: Rows, expected: Case['expected'], tolerance: Tolerance): (string | null)[] {
  const third = Math.ceil(label.length / 3);
  const part = (from: number, to?: number) => a.regressionSums(label.slice(from, to), prediction.slice(from, to), weight?.slice(from, to));
  const whole = part(0);
  const merged = [part(third, 2 * third), part(2 * third)].reduce(a.mergeRegressionSums, part(0, third));
  return Object.keys(expected).flatMap((key): (string | null)[] => {
    const goal = expected[key];
    if (key === 'median_absolute_error') return [mismatch(a.medianAbsoluteError(label, prediction, weight).value, goal, tolerance, key)];
    if (key in POWERS) return [mismatch(a.meanDeviance(label, prediction, POWERS[key]!, weight).value, goal, tolerance, key)];
    if (!(key in METRICS)) return [`${key} is not compared`];
    return [whole, merged].map((sums) => {
      const { value, reason } = METRICS[key]!(sums);
      return reason === 'all labels are equal' && /^(r2|explained_variance)$/.test(key) && !(whole.labelSquares > 0)
        ? null
        : mismatch(value, goal, tolerance, key);
    });
  });
}

const wrong = (found: (string | null)[]): string[] => found.filter((each): each is string => each !== null);
const regression = (cases: Case[]): [string, Case][] =>
  cases.filter(({ id }) => id.startsWith('regression.')).map((each) => [each.id, each]);

describe('regression metrics agree with scikit-learn', () => {
  it.each(regression(readCases('performance')))('%s', (_, { inputs, expected, tolerance }) => {
    expect(wrong(compare(inputs, expected, tolerance))).toEqual([]);
  });
});

describe.skipIf(!hasData)('regression metrics over data sets (skipped: ../shared/data and ../shared/reference are not here)', () => {
  it('there are cases', () => expect(regression(readDataCases('performance'))).toHaveLength(3));
  it.each(regression(readDataCases('performance')))('%s', async (_, { source, expected, tolerance }) => {
    const scratch = mkdtempSync(join(tmpdir(), 'assay-'));
    const database = await Database.open({ scratch, memoryMB: 256, threads: 1, allowed: [dataFolder] });
    const columns = source.file.startsWith('adult')
      ? `"hours-per-week"::DOUBLE AS y, (20 + age / 8 + "education-num" * 1.5 + (sex = 'Male')::INT * 4)::DOUBLE AS p, fnlwgt::DOUBLE AS w`
      : 'car_value::DOUBLE AS y, (15000 + 512 * loan_length + 2048 * driver_tenure)::DOUBLE AS p, 1::DOUBLE AS w';
    const found = await database.rows<{ y: number; p: number; w: number }>(
      `SELECT ${columns} FROM ${parquetTable([join(dataFolder, source.file)])}`,
    );
    database.close();
    rmSync(scratch, { recursive: true });
    const rows: Rows = { label: found.map(({ y }) => y), prediction: found.map(({ p }) => p) };
    if (source.weight) rows.weight = found.map(({ w }) => w);
    expect(wrong(compare(rows, expected, tolerance))).toEqual([]);
  });
});

it('the median error is between the two in the middle, or by weight', () => {
  expect(a.medianAbsoluteError([0, 0, 0, 0], [4, -1, 2, 3])).toEqual({ value: 2.5 });
  expect(a.medianAbsoluteError([0, 0, 0, 0], [4, -1, 2, 3], [3, 1, 1, 1])).toEqual({ value: 3.5 });
  expect(a.medianAbsoluteError([0, 0, 0, 0], [4, -1, 2, 3], [4, 1, 0, 1])).toEqual({ value: 4 });
});

describe('regression without a value', () => {
  it('says why', () => {
    expect(a.meanAbsoluteError(a.noRegressionSums())).toEqual({ value: null, reason: 'no rows' });
    expect(a.maximumError(a.regressionSums([], []))).toEqual({ value: null, reason: 'no rows' });
    expect(a.r2(a.regressionSums([2, 2], [2, 2]))).toEqual({ value: null, reason: 'all labels are equal' });
    expect(a.meanAbsolutePercentageError(a.regressionSums([0, 0], [1, 2]))).toEqual({ value: null, reason: 'no labels other than 0' });
    expect(a.meanSquaredLogError(a.regressionSums([-1, 2], [1, 2])).reason).toBe('labels or predictions of −1 or less');
    expect(a.medianAbsoluteError(undefined, undefined)).toEqual({ value: null, reason: 'needs rows' });
    expect(a.medianAbsoluteError([1], [2], [0])).toEqual({ value: null, reason: 'no rows' });
    expect(a.meanDeviance([1], [0], 1).reason).toBe('predictions of 0 or less');
    expect(a.meanDeviance([-1], [1], 1).reason).toBe('negative labels');
    expect(a.meanDeviance([0], [1], 2).reason).toBe('labels of 0 or less');
  });
  it('is as exact at a large offset, merged or not', () => {
    const labels = Array.from({ length: 300 }, (_, i) => 2 ** 30 + ((i * 37) % 101));
    const predictions = labels.map((label, i) => label + ((i * 7) % 5) - 2);
    const near = a.r2(
      a.regressionSums(
        labels.map((v) => v - 2 ** 30),
        predictions.map((v) => v - 2 ** 30),
      ),
    ).value!;
    const parts = [0, 100, 200].map((from) => a.regressionSums(labels.slice(from, from + 100), predictions.slice(from, from + 100)));
    expect(a.r2(a.regressionSums(labels, predictions)).value).toBeCloseTo(near, 13);
    expect(a.r2(parts.reduce(a.mergeRegressionSums)).value).toBeCloseTo(near, 7);
  });
});
