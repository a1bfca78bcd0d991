import { NO_ROWS, noValue, type Outcome } from '../outcome.ts';
import type { ConfusionCounts } from './confusion-counts.ts';
import { type ConfusionMatrix, marginsOf, matrixOf } from './confusion-matrix.ts';
import { ONE_CLASS } from './found.ts';

/**
 * Correlation of label and prediction, (c·n − Σ pₖtₖ)/√((n² − Σ pₖ²)(n² − Σ tₖ²)), c rows right, tₖ and pₖ of class k by label and by
 * prediction; φ for two classes. Range [−1, 1]; null where labels or predictions are all of one class (scikit-learn: 0). Matthews (1975),
 * Gorodkin (2004), doi:10.1016/j.compbiolchem.2004.09.006.
 */
export function matthewsCorrelation(confusion: ConfusionCounts | ConfusionMatrix): Outcome {
  const { truth, predicted, right, all } = marginsOf(matrixOf(confusion));
  if (!(all > 0)) return noValue(NO_ROWS);
  if (truth.includes(all)) return noValue(ONE_CLASS);
  if (predicted.includes(all)) return noValue('predictions of one class only');
  let both = 0;
  let trueSpread = 0;
  let predictedSpread = 0;
  for (let k = 0; k < truth.length; k++) {
    both += truth[k]! * predicted[k]!;
    trueSpread += truth[k]! * (all - truth[k]!);
    predictedSpread += predicted[k]! * (all - predicted[k]!);
  }
  const value = (right * all - both) / Math.sqrt(trueSpread) / Math.sqrt(predictedSpread);
  return { value: Math.min(1, Math.max(-1, value)) };
}
