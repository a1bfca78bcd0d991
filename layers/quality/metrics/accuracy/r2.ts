import { NO_ROWS, noValue, type Outcome } from '../outcome.ts';
import type { RegressionSums } from './regression-sums.ts';

/**
 * Coefficient of determination, 1 − Σ (label − prediction)²/Σ (label − mean label)²: against the best constant prediction, on these rows. Range
 * (−∞, 1]; null without rows or where all labels are equal (scikit-learn: 1 if all predictions are right, else 0).
 */
export const r2 = (sums: RegressionSums): Outcome => explained(sums, sums.squaredError);

/** The same with the errors' variance, so that a constant bias costs nothing. Range (−∞, 1]; null as r2. */
export const explainedVariance = (sums: RegressionSums): Outcome => explained(sums, sums.errorSquares);

function explained({ weight, labelSquares }: RegressionSums, unexplained: number): Outcome {
  if (!(weight > 0)) return noValue(NO_ROWS);
  return labelSquares > 0 ? { value: 1 - unexplained / labelSquares } : noValue('all labels are equal');
}
