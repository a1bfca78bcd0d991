import { type Found, ONE_CLASS } from './found.ts';
import { labelWeights, type ScoredCounts } from './scored-counts.ts';
import { allThresholds } from './threshold-counts.ts';

export interface RocPoint {
  threshold: number;
  falsePositiveRate: number;
  truePositiveRate: number;
}

/**
 * ROC curve from (0, 0) at threshold Infinity to (1, 1), a point for each distinct score downwards (scikit-learn's roc_curve with
 * drop_intermediate=False). Every point is exact; merged bins have fewer of them. Null with labels of one class.
 */
export function rocCurve(counts: ScoredCounts): Found<RocPoint[]> {
  const { positives, negatives } = labelWeights(counts);
  if (!(positives > 0 && negatives > 0)) return { value: null, reason: ONE_CLASS };
  const value = allThresholds(counts).map(({ threshold, counts: { tp, fp } }) => ({
    threshold,
    falsePositiveRate: fp / negatives,
    truePositiveRate: tp / positives,
  }));
  return { value };
}
