import { expect, it } from 'vitest';
import { performanceChecks } from '../../layers/quality/checks/performance.ts';
import { judge } from '../../layers/quality/checks/verdict.ts';
import { messageOf } from '../../layers/quality/checks/words.ts';
import { mergeRegressionSums, type RegressionSums, regressionSums } from '../../layers/quality/metrics/accuracy/index.ts';
import { performanceMetrics, type Slice } from '../../layers/quality/metrics/performance/index.ts';
import { draws } from './draw.ts';

const METRICS = performanceMetrics({ problem: 'regression' } as Parameters<typeof performanceMetrics>[0]);
const OPTIONS = { settings: {}, minimumRows: 30, falseAlarmRate: 0.01 };
const ROWS = 400;

interface Load {
  /** Mean of the labels. */
  size: number;
  /** Standard deviation of the errors, and of those that grow with the label as a part of it. */
  fixed?: number;
  part?: number;
}

/** Rows of one hour. */
function hourOf({ size, fixed = 0, part = 0 }: Load, seed: number): RegressionSums {
  const { normal } = draws(seed);
  const predictions = Float64Array.from({ length: ROWS }, () => size * Math.exp(0.3 * normal()));
  return regressionSums(
    predictions.map((prediction) => prediction + (fixed + part * prediction) * normal()),
    predictions,
  );
}

const sliceOf = (sums: RegressionSums): Slice =>
  ({ sums, rows: sums.rows, scale: 1, counts: {}, scored: null, matrix: null }) as unknown as Slice;

/** Ten days of hours in which loads rise and fall by half, and a window of ROWS rows. */
function judgedOf(errors: Omit<Load, 'size'>, window: Load, seed = 1) {
  const hours = Array.from({ length: 240 }, (_, hour) =>
    hourOf({ ...errors, size: 100 * (1 + 0.5 * Math.sin((2 * Math.PI * hour) / 24)) }, seed * 1000 + hour),
  );
  const evidence = {
    now: sliceOf(hourOf(window, seed * 1000 + 999)),
    before: sliceOf(hours.reduce(mergeRegressionSums)),
    chunks: hours.map(sliceOf),
    segment: null,
    classes: [],
  };
  return judge(performanceChecks(METRICS, evidence, OPTIONS), 0.01)[0]!;
}

it('errors that grow with the labels are held against those of labels as large', () => {
  const part = 0.1;
  expect(judgedOf({ part }, { size: 75, part }).verdict).toBe('pass');
  expect(judgedOf({ part }, { size: 250, part }).verdict).toBe('pass');
  const worse = judgedOf({ part }, { size: 75, part: part * Math.SQRT2 });
  expect(worse.verdict).toBe('fail');
  expect(messageOf(worse)).toMatch(/^mean absolute error 9\.\d+, 8\.\d+ in the baseline, 6\.\d+ for labels as large as these$/);
});

it('errors that do not are held against the baseline as it is', () => {
  const small = judgedOf({ fixed: 10 }, { size: 20, fixed: 10 });
  expect([small.verdict, small.measurement!.ofSize]).toEqual(['pass', undefined]);
  expect(judgedOf({ fixed: 10 }, { size: 250, fixed: 10 }).verdict).toBe('pass');
  expect(judgedOf({ fixed: 10 }, { size: 100, fixed: 14 }).verdict).toBe('fail');
});

it('a unit that changed is no size', () => {
  const part = 0.1;
  expect(judgedOf({ part }, { size: 100, part: 5 }).verdict).toBe('fail');
});
