import { NOT_PROBABILITIES } from '../accuracy/index.ts';
import { NO_ROWS, noValue, type Outcome } from '../outcome.ts';
import type { ClassLosses } from './class-losses.ts';
import { NEEDS_CLASS_SCORES } from './class-share.ts';
import { intervalOfRatio, type ObservedRatio, spreadOfRatio } from './observed-ratio.ts';
import type { PerformanceMetric } from './performance-metric.ts';
import type { Slice } from './slice.ts';

/** Weight of the rows with a class's label, Σ w·p and Σ w·p² of its scores, and Σ w·p of the rows with the label. */
export interface ClassPromise {
  observed: number;
  expected: number;
  squares: number;
  both: number;
}

/**
 * Labels of a class that came over those that its scores promise, Σ w·[label is the class] ÷ Σ w·score: calibration in the large of each class (of two
 * classes `observedOverExpected`). Range [0, ∞), exact at any size. Null without a score of every class or labels, with scores outside 0 to 1, and where nothing was promised.
 */
export const classRatio = (name: string, k: number): PerformanceMetric => ({
  ...{ id: 'observed_over_expected', problem: 'multiclass', better: 'same', segments: false, parameters: { class: name } },
  check: { warn: 0.1, fail: 0.25, unit: (slice) => ratioOf(slice, k).value },
  compute: (slice) => ratioOf(slice, k),
  spread(slice) {
    const ratio = observedRatio(slice, k);
    return ratio && spreadOfRatio(ratio);
  },
  interval(slice) {
    const ratio = observedRatio(slice, k);
    return ratio && intervalOfRatio(ratio);
  },
});

function ratioOf({ losses }: Slice, k: number): Outcome {
  const promise = losses?.promises[k] ?? null;
  if (losses == null || promise === null) return noValue(NEEDS_CLASS_SCORES);
  if (losses.outside > 0) return noValue(NOT_PROBABILITIES);
  if (!(losses.weight > 0)) return noValue(NO_ROWS);
  return promise.expected > 0 ? { value: promise.observed / promise.expected } : noValue('the scores promise no label of the class');
}

/** The ratio with Σ w·(label − r·score)² from the sums that are kept. */
function observedRatio(slice: Slice, k: number): ObservedRatio | null {
  const { value } = ratioOf(slice, k);
  if (value === null) return null;
  const { rows, weight, promises } = slice.losses as ClassLosses;
  const { observed, expected, squares, both } = promises[k]!;
  const moved = Math.max(0, observed - 2 * value * both + value * value * squares);
  return { value, moved, promised: expected, rows, scale: rows / weight };
}
