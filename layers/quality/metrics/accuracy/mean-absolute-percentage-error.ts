import { noValue, type Outcome } from '../outcome.ts';
import { perWeight } from './mean-absolute-error.ts';
import type { RegressionSums } from './regression-sums.ts';

/**
 * Weighted mean of |error|/|label|, a fraction, not per cent. Rows whose label is 0 are left out (`left_out`), or have their label raised to 2⁻⁵²
 * (`floored`, scikit-learn: one such row makes the value astronomic). Range [0, ∞); null without rows with a label other than 0.
 */
export function meanAbsolutePercentageError(sums: RegressionSums, zeroLabels: 'left_out' | 'floored' = 'left_out'): Outcome {
  if (zeroLabels === 'floored') return perWeight(sums, sums.flooredRelativeError);
  return sums.nonzeroWeight > 0 ? { value: sums.relativeError / sums.nonzeroWeight } : noValue('no labels other than 0');
}

/** Weighted mean of 2|error|/(|label| + |prediction|), 0 where both are 0. Range [0, 2]; null without rows. */
export const symmetricMeanAbsolutePercentageError = (sums: RegressionSums): Outcome => perWeight(sums, sums.symmetricError);

/** Σ |error|/Σ |label|, which needs no row's label to differ from 0. Range [0, ∞); null where all labels are 0. */
export const weightedAbsolutePercentageError = (sums: RegressionSums): Outcome =>
  sums.absoluteLabel > 0 ? { value: sums.absoluteError / sums.absoluteLabel } : noValue('no labels other than 0');
