import { NO_ROWS, noValue, type Outcome } from '../outcome.ts';
import type { ConfusionCounts } from './confusion-counts.ts';
import { type ConfusionMatrix, marginsOf, matrixOf } from './confusion-matrix.ts';

/**
 * Plain mean of the recalls of the classes that have rows (scikit-learn's, unadjusted): with one true class it is that class's recall.
 * Range [0, 1]; 1/classes by chance; null without rows. Brodersen et al. (2010), doi:10.1109/ICPR.2010.764.
 */
export function balancedAccuracy(confusion: ConfusionCounts | ConfusionMatrix): Outcome {
  const matrix = matrixOf(confusion);
  const { truth } = marginsOf(matrix);
  let sum = 0;
  let classes = 0;
  truth.forEach((weight, t) => {
    if (!(weight > 0)) return;
    sum += matrix.cells[t * matrix.classes + t]! / weight;
    classes++;
  });
  return classes > 0 ? { value: sum / classes } : noValue(NO_ROWS);
}
