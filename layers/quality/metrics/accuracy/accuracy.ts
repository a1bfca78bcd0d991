import { NO_ROWS, noValue, type Outcome } from '../outcome.ts';
import type { ConfusionCounts } from './confusion-counts.ts';
import { type ConfusionMatrix, marginsOf, matrixOf } from './confusion-matrix.ts';

/** Weighted share of rows predicted right, of two classes or more. Range [0, 1]; null without rows. */
export function accuracy(confusion: ConfusionCounts | ConfusionMatrix): Outcome {
  const { right, all } = marginsOf(matrixOf(confusion));
  return all > 0 ? { value: right / all } : noValue(NO_ROWS);
}
