import { wilsonInterval } from '../../math/wilson-interval.ts';
import { type ConfusionMatrix, marginsOf } from '../accuracy/index.ts';
import { noValue } from '../outcome.ts';
import type { PerformanceMetric } from './performance-metric.ts';
import type { Slice } from './slice.ts';

export const NO_PAIRS = 'no rows with label and prediction';
export const NEEDS_CLASS_SCORES = 'needs rows, with a score of every class (--score COLUMN=CLASS, or "class" in the monitor)';
export const RATE = { warn: 0.02, fail: 0.05 };

/** Weight of the hits and of the rows they are among. */
export type Share = (matrix: ConfusionMatrix) => [hits: number, rows: number];

/** A share of rows of a confusion matrix, with Wilson's interval; `lack` is why it has no value where there are labels and predictions. */
export function classShare(id: string, parts: Share, of: Partial<PerformanceMetric>, lack = NO_PAIRS): PerformanceMetric {
  const fraction = ({ matrix, scale }: Slice): [number, number] => {
    const [hits, rows] = matrix === null ? [0, 0] : parts(matrix);
    return [hits * scale, rows * scale];
  };
  return {
    ...{ id, problem: 'multiclass', better: 'high', segments: true, fraction },
    compute(slice) {
      const [hits, rows] = fraction(slice);
      if (rows > 0) return { value: hits / rows };
      return noValue(slice.matrix !== null && marginsOf(slice.matrix).all > 0 ? lack : NO_PAIRS);
    },
    interval(slice) {
      const [hits, rows] = fraction(slice);
      return rows > 0 ? wilsonInterval(hits, rows) : null;
    },
    ...of,
  };
}
