import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BinnedColumn,
  estimateRegression,
  fitRegressionEstimator,
  REGRESSION_ESTIMATES,
  realisedErrors,
} from '../../layers/quality/metrics/estimates/index.ts';
import { draws } from '../checks/draw.ts';

const FULL = process.env.ASSAY_COVERAGE === 'full';
const countsOf = ({ codes, bins }: BinnedColumn): number[] => {
  const counts = new Array<number>(bins + 1).fill(0);
  for (let i = 0; i < codes.length; i++) counts[codes[i]! >= 0 && codes[i]! < bins ? codes[i]! : bins]!++;
  return counts;
};

const { uniform, normal } = draws(31);

/** Errors whose size depends on two of three columns; `shift` tilts both towards large errors. Some of the third is missing. */
function rowsOf(rows: number, shift: number) {
  const codes = [0, 1, 2].map(() => new Uint16Array(rows));
  const [labels, predictions] = [new Float64Array(rows), new Float64Array(rows)];
  for (let i = 0; i < rows; i++) {
    const [a, b] = [uniform() ** (1 / (1 + shift)), uniform() ** (1 / (1 + shift))];
    codes[0]![i] = Math.floor(10 * a);
    codes[1]![i] = Math.floor(10 * b);
    codes[2]![i] = uniform() < 0.1 ? 5 : Math.floor(5 * uniform());
    predictions[i] = 100 * a;
    labels[i] = predictions[i]! + (1 + 3 * a + 2 * b) * normal();
  }
  return { columns: codes.map((each, c) => ({ codes: each, bins: c === 2 ? 5 : 10 })), labels, predictions };
}

describe('errors of a regression, with P(label | features) unchanged', () => {
  const baseline = rowsOf(40000, 0);
  const chunks = Array.from({ length: 20 }, (_, i) => ({
    labels: baseline.labels.subarray(i * 2000, (i + 1) * 2000),
    predictions: baseline.predictions.subarray(i * 2000, (i + 1) * 2000),
  }));
  const estimator = fitRegressionEstimator(baseline.columns, baseline, chunks);
  const run = (shift: number, windows: number) => {
    const found = { held: { mean_absolute_error: 0, mean_squared_error: 0, root_mean_squared_error: 0 }, nearer: 0, alarms: 0 };
    const before = realisedErrors(baseline).mean_absolute_error.value!;
    for (let i = 0; i < windows; i++) {
      const window = rowsOf(2000, shift);
      const estimate = estimateRegression(estimator, window.columns.map(countsOf), 2000);
      const truth = realisedErrors(window);
      for (const id of REGRESSION_ESTIMATES) {
        const { lower, upper } = estimate[id].confidence!;
        found.held[id] += truth[id].value! >= lower && truth[id].value! <= upper ? 1 : 0;
      }
      const now = truth.mean_absolute_error.value!;
      found.nearer += Math.abs(estimate.mean_absolute_error.value! - now) < Math.abs(before - now) ? 1 : 0;
      found.alarms += estimate.mean_absolute_error.alarm ? 1 : 0;
    }
    if (FULL) console.log(`regression, shift ${shift}, of ${windows}:`, found);
    return found;
  };
  it('the inputs stay: the truth lies within 3 sampling errors in at least 97 % of 200 windows, and nothing alarms', () => {
    const { held, alarms } = run(0, 200);
    for (const id of REGRESSION_ESTIMATES) expect(held[id]).toBeGreaterThanOrEqual(194);
    expect(alarms).toBe(0);
  });
  it('the inputs move to where errors are larger: as well, it alarms always, and is nearer than the baseline', () => {
    const { held, alarms, nearer } = run(1, 200);
    for (const id of REGRESSION_ESTIMATES) expect(held[id]).toBeGreaterThanOrEqual(194);
    expect(alarms).toBe(200);
    expect(nearer).toBe(200);
  });
  it('a baseline of no more rows than the window: the truth lies within 3 sampling errors in at least 58 of 60', () => {
    let held = 0;
    for (let i = 0; i < 60; i++) {
      const [small, window] = [rowsOf(2000, 0), rowsOf(2000, 0)];
      const { confidence } = estimateRegression(
        fitRegressionEstimator(small.columns, small, []),
        window.columns.map(countsOf),
        2000,
      ).mean_squared_error;
      const truth = realisedErrors(window).mean_squared_error.value!;
      held += truth >= confidence!.lower && truth <= confidence!.upper ? 1 : 0;
    }
    expect(held).toBeGreaterThanOrEqual(58);
  });
  it('survives being stored', () => {
    const shares = rowsOf(500, 0.5).columns.map(countsOf);
    expect(estimateRegression(JSON.parse(JSON.stringify(estimator)), shares, 500)).toEqual(estimateRegression(estimator, shares, 500));
  });
  it('a column of which 6 % lies in a bin the baseline has none of: no value', () => {
    const thin = fitRegressionEstimator(
      [{ codes: [0, 0, 1, 1, 0, 1], bins: 3 }],
      { labels: [0, 0, 0, 0, 0, 0], predictions: [1, 2, 1, 2, 1, 3] },
      [],
    );
    expect(estimateRegression(thin, [[47, 47, 6, 0]], 100).mean_absolute_error).toMatchObject({
      value: null,
      reason: 'too many rows lie in bins the baseline has no rows of',
    });
    expect(estimateRegression(thin, [[48, 48, 4, 0]], 100).mean_absolute_error.value).toBeGreaterThan(0);
  });
});

describe('degenerate baselines and windows', () => {
  const columns = [{ codes: [0, 1, 0, 1], bins: 2 }];
  const good = fitRegressionEstimator(columns, { labels: [1, 2, 3, 4], predictions: [1, 3, 3, 6] }, []);
  it.each([
    ['no rows', good, [[0.5, 0.5, 0]], 0],
    ["the columns' bins are not those of the baseline, or a column has no rows", good, [[0.5, 0.5]], 5],
    ["the columns' bins are not those of the baseline, or a column has no rows", good, [[0, 0, 0]], 5],
    [
      'no row of the baseline has a label and a prediction',
      fitRegressionEstimator(columns, { labels: new Array(4).fill(Number.NaN), predictions: [1, 2, 3, 4] }, []),
      [[0.5, 0.5, 0]],
      5,
    ],
  ])('%s', (reason, estimator, shares, rows) => {
    for (const each of Object.values(estimateRegression(estimator, shares, rows)))
      expect(each).toMatchObject({ value: null, reason, samplingError: null, confidence: null, alarm: null });
  });
  it('no more rows than free coefficients: a value without a sampling error', () => {
    const few = fitRegressionEstimator([{ codes: [0, 1], bins: 2 }], { labels: [1, 2], predictions: [2, 4] }, []);
    expect(estimateRegression(few, [[1, 1, 0]], 10).mean_absolute_error).toMatchObject({ value: 1.5, samplingError: null });
  });
  it('a prediction that is always right: 0, and no error of the root', () => {
    const right = fitRegressionEstimator(columns, { labels: [1, 2, 3, 4], predictions: [1, 2, 3, 4] }, []);
    const estimate = estimateRegression(right, [[1, 1, 0]], 10);
    expect(REGRESSION_ESTIMATES.map((id) => [estimate[id].value, estimate[id].samplingError])).toEqual([
      [0, 0],
      [0, 0],
      [0, null],
    ]);
  });
  it('no estimate is below 0, wherever the window lies', () => {
    const table = fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 99 })), {
      minLength: 2,
      maxLength: 20,
    });
    const shares = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(table, shares, shares, (rows, first, second) => {
        const both = [0, 1].map((c) => ({ codes: rows.map((row) => row[c as 0 | 1]), bins: 2 }));
        const estimator = fitRegressionEstimator(both, { labels: rows.map(() => 0), predictions: rows.map(([, , error]) => error) }, []);
        for (const { value, samplingError } of Object.values(estimateRegression(estimator, [first, second], 10))) {
          if (value !== null) expect(value).toBeGreaterThanOrEqual(0);
          if (samplingError !== null) expect(samplingError).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});
