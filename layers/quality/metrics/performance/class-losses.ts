import { LEAST_PROBABILITY } from '../../math/clip-probability.ts';
import { type Interval, midPGamma } from '../../math/intervals/index.ts';
import { LOSS, lossWidth, PROMISE } from '../../profile/outcomes/class-losses.ts';
import type { GroupTable } from '../../profile/outcomes/group-table.ts';
import { NOT_PROBABILITIES } from '../accuracy/index.ts';
import { NO_ROWS, noValue, type Outcome } from '../outcome.ts';
import type { ClassPromise } from './class-promises.ts';
import { NEEDS_CLASS_SCORES } from './class-share.ts';
import { type Losses, lossMean } from './loss-interval.ts';
import type { PerformanceMetric, Spread } from './performance-metric.ts';

/** What the scores of all classes lose over some rows. */
export interface ClassLosses {
  /** Rows with a score outside 0 to 1. */
  outside: number;
  weight: number;
  /** Rows of weight 1 that tell as much: (Σ w)² ÷ Σ w² (Kish 1965). */
  rows: number;
  squared: Losses;
  logarithmic: Losses;
  /** Of each class; null where that was not kept. */
  promises: (ClassPromise | null)[];
}

/** Of one combination of a table; null where they were not kept. */
export function classLosses({ losses }: GroupTable, place: number, classes: number): ClassLosses | null {
  const sums = losses.subarray(place * lossWidth(classes), (place + 1) * lossWidth(classes));
  const weight = sums[LOSS.weight] ?? Number.NaN;
  if (Number.isNaN(weight)) return null;
  const squares = sums[LOSS.squares]!;
  const of = (at: number, most: number): Losses => ({ seen: sums.subarray(at, at + 3), promised: sums.subarray(at + 3, at + 6), most });
  return {
    ...{ outside: sums[LOSS.outside]!, weight, rows: squares > 0 ? weight ** 2 / squares : 0 },
    // Of scores that do not sum to 1 every class may cost 1.
    ...{ squared: of(LOSS.squared, classes), logarithmic: of(LOSS.logarithmic, -Math.log(LEAST_PROBABILITY)) },
    promises: Array.from({ length: classes }, (_, k) => promiseAt(sums, LOSS.promises + k * PROMISE.width)),
  };
}

/** Null where it was not kept. */
const promiseAt = (sums: Float64Array, at: number): ClassPromise | null =>
  Number.isNaN(sums[at]!)
    ? null
    : {
        ...{ observed: sums[at + PROMISE.observed]!, expected: sums[at + PROMISE.expected]! },
        ...{ squares: sums[at + PROMISE.squares]!, both: sums[at + PROMISE.both]! },
      };

function meanLoss(losses: ClassLosses | null | undefined, of: 'squared' | 'logarithmic'): Outcome {
  if (losses === null || losses === undefined) return noValue(NEEDS_CLASS_SCORES);
  if (losses.outside > 0) return noValue(NOT_PROBABILITIES);
  return losses.weight > 0 ? { value: losses[of].seen[0]! / losses.weight } : noValue(NO_ROWS);
}

const usable = (losses: ClassLosses | null | undefined): losses is ClassLosses =>
  losses !== null && losses !== undefined && losses.outside === 0 && losses.rows > 1;

function spreadOf({ weight, rows, squared }: ClassLosses): Spread {
  const [value, variance] = lossMean(squared, weight, rows);
  return { value, variance, freedom: rows - 1 };
}

/**
 * Interval of a mean loss, as of losses of two classes (lossInterval): one more row is of the losses by which the sum is skewed, over the rows or over all
 * classes of each as its scores have them. At most what a row can cost.
 */
function intervalOf({ weight, rows }: ClassLosses, losses: Losses): Interval {
  const found = lossMean(losses, weight, rows);
  const [low, high] = midPGamma(...found);
  return [low, Math.max(found[0], Math.min(losses.most, high))];
}

/**
 * Brier's original score of several classes: mean over rows of the sum over classes of squared errors, range [0, 2], twice the binary one (Brier 1950). Its check
 * has twice the thresholds of two classes.
 */
export const classBrierScore: PerformanceMetric = {
  ...{ id: 'brier_score', problem: 'multiclass', better: 'low', segments: true, check: { warn: 0.02, fail: 0.05 } },
  compute: ({ losses }) => meanLoss(losses, 'squared'),
  spread: ({ losses }) => (usable(losses) ? spreadOf(losses) : null),
  interval: ({ losses }) => (usable(losses) ? intervalOf(losses, losses.squared) : null),
};

/** Mean of −ln (clipped probability of the true class); probabilities are not scaled to sum to 1. Range [0, 36.05]. */
export const classLogLoss: PerformanceMetric = {
  ...{ id: 'log_loss', problem: 'multiclass', better: 'low', segments: false },
  compute: ({ losses }) => meanLoss(losses, 'logarithmic'),
  interval: ({ losses }) => (usable(losses) ? intervalOf(losses, losses.logarithmic) : null),
};
