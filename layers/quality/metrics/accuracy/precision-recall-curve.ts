import { noValue, type Outcome } from '../outcome.ts';
import { type Found, NO_POSITIVES } from './found.ts';
import { labelWeights, type ScoredCounts } from './scored-counts.ts';
import { allThresholds } from './threshold-counts.ts';

export interface PrecisionRecallPoint {
  threshold: number;
  precision: number;
  recall: number;
}

/**
 * Precision and recall at each distinct score upwards, then precision 1 at recall 0, threshold Infinity (scikit-learn's
 * precision_recall_curve). Every point but that last is exact; merged bins have fewer of them. Null without positive labels.
 */
export function precisionRecallCurve(counts: ScoredCounts): Found<PrecisionRecallPoint[]> {
  const { positives } = labelWeights(counts);
  if (!(positives > 0)) return { value: null, reason: NO_POSITIVES };
  const points = allThresholds(counts).map(({ threshold, counts: { tp, fp } }) => ({
    threshold,
    precision: tp + fp > 0 ? tp / (tp + fp) : 1,
    recall: tp / positives,
  }));
  return { value: points.reverse() };
}

/**
 * Area under that curve with straight lines between points. Not the average precision: lines are too kind to a ranking (Davis & Goadrich
 * 2006). Range [0, 1]; null without positive labels, or of merged bins, where it has no stated bound.
 */
export function precisionRecallArea(counts: ScoredCounts): Outcome {
  if (counts.lows !== undefined) return noValue('needs each distinct score');
  const { value: points, reason } = precisionRecallCurve(counts);
  if (points === null) return noValue(reason!);
  let area = 0;
  for (let i = 1; i < points.length; i++) {
    area += ((points[i - 1]!.recall - points[i]!.recall) * (points[i - 1]!.precision + points[i]!.precision)) / 2;
  }
  return { value: area };
}
