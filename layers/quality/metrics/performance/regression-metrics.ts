import { type Interval, studentTOf } from '../../math/intervals/index.ts';
import { sortDoubles } from '../../math/sort-doubles.ts';
import {
  absoluteErrors,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanError,
  meanSquaredError,
  medianAbsoluteError,
  NEEDS_ROWS,
  type RegressionSums,
  r2,
  rootMeanSquaredError,
} from '../accuracy/index.ts';
import { noValue, type Outcome } from '../outcome.ts';
import type { PerformanceMetric, Sized, Spread } from './performance-metric.ts';
import { medianInterval, r2Interval, relativeErrorInterval, rootInterval, squaredErrorInterval } from './regression-intervals.ts';
import type { Slice } from './slice.ts';

const NO_PAIRS = 'no rows with label and prediction';

/** A mean over rows whose squares are summed too: Student's interval. */
const spreadOf = (
  { sums, scale }: Slice,
  mean: (sums: RegressionSums) => number,
  squares: (sums: RegressionSums) => number,
): Spread | null => {
  if (sums === null || !(sums.weight * scale > 1)) return null;
  const value = mean(sums) / sums.weight;
  const rows = sums.weight * scale;
  return { value, variance: Math.max(0, squares(sums) / sums.weight - value * value) / (rows - 1), freedom: rows - 1 };
};

function ofSums(id: string, compute: (sums: RegressionSums) => Outcome, of: Partial<PerformanceMetric> = {}): PerformanceMetric {
  return {
    ...{ id, problem: 'regression', better: 'low', segments: false },
    compute: ({ sums }) => (sums !== null && sums.weight > 0 ? compute(sums) : noValue(NO_PAIRS)),
    interval(slice) {
      const found = this.spread?.(slice) ?? null;
      if (found === null) return null;
      const half = studentTOf(0.95, Math.max(1, found.freedom)) * Math.sqrt(found.variance);
      const least = this.better === 'low' ? 0 : Number.NEGATIVE_INFINITY;
      return [Math.max(least, found.value - half), found.value + half];
    },
    ...of,
  };
}

const absolute = (slice: Slice): Spread | null =>
  spreadOf(
    slice,
    (sums) => sums.absoluteError,
    (sums) => sums.squaredError,
  );
const meanAbsolute = ({ sums }: Slice): number | null => (sums === null ? null : meanAbsoluteError(sums).value);
/** Errors grow with what is predicted: the mean |label|. */
const byLabel: Sized = {
  size: ({ sums }) => (sums !== null && sums.weight > 0 && Number.isFinite(sums.errorByLabel) ? sums.absoluteLabel / sums.weight : null),
  less: (slice, slope) =>
    spreadOf(
      slice,
      (sums) => sums.absoluteError - slope * sums.absoluteLabel,
      ({ squaredError, errorByLabel, labelSquares, weight, labelMean }) =>
        squaredError - 2 * slope * errorByLabel + slope * slope * (labelSquares + weight * labelMean * labelMean),
    ),
};
const signed = (slice: Slice): Spread | null =>
  spreadOf(
    slice,
    (sums) => sums.weight * sums.errorMean,
    (sums) => sums.squaredError,
  );

/** What only rows tell; in segments there are none at hand. */
const ofRows =
  (interval: (rows: NonNullable<Slice['errorRows']>) => Interval | null): PerformanceMetric['interval'] =>
  ({ errorRows }) =>
    errorRows === undefined ? null : interval(errorRows);

/** Weighted rows have no ranks. */
const medianOfRows = ({ labels, predictions, weights }: NonNullable<Slice['errorRows']>): Interval | null =>
  weights === undefined ? medianInterval(sortDoubles(absoluteErrors(labels, predictions))) : null;

/** Every metric of a regression. All but the median of errors are told by sums. */
export const REGRESSION_METRICS: readonly PerformanceMetric[] = [
  ofSums('mean_absolute_error', meanAbsoluteError, {
    ...{ segments: true, spread: absolute, sized: byLabel, check: { warn: 0.1, fail: 0.25, unit: meanAbsolute } },
  }),
  ofSums('mean_error', meanError, {
    ...{ better: 'zero', segments: true, spread: signed, check: { warn: 0.25, fail: 0.5, unit: meanAbsolute } },
  }),
  ofSums('mean_squared_error', meanSquaredError, { interval: ofRows(squaredErrorInterval) }),
  ofSums('root_mean_squared_error', rootMeanSquaredError, { segments: true, interval: ofRows(rootInterval) }),
  ofSums('root_mean_squared_error', ({ labelSquares, weight }) => ({ value: Math.sqrt(labelSquares / weight) }), {
    ...{ parameters: { predictor: 'best_constant' }, interval: () => null },
  }),
  ofSums('r2', r2, { better: 'high', interval: ofRows(r2Interval) }),
  {
    ...{ id: 'median_absolute_error', problem: 'regression', better: 'low', segments: false, interval: ofRows(medianOfRows) },
    compute: ({ errorRows }) =>
      errorRows === undefined ? noValue(NEEDS_ROWS) : medianAbsoluteError(errorRows.labels, errorRows.predictions, errorRows.weights),
  },
  ofSums(
    'mean_absolute_percentage_error',
    (sums) => (sums.nonzeroWeight > 0 ? meanAbsolutePercentageError(sums) : noValue('needs rows, or labels other than 0')),
    { interval: ofRows(relativeErrorInterval) },
  ),
];
