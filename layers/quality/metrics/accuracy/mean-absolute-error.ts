import { NO_ROWS, noValue, type Outcome } from '../outcome.ts';
import type { RegressionSums } from './regression-sums.ts';

export const perWeight = ({ weight }: RegressionSums, sum: number): Outcome => (weight > 0 ? { value: sum / weight } : noValue(NO_ROWS));

/** Weighted mean of |prediction − label|, in the label's unit. Range [0, ∞); null without rows. */
export const meanAbsoluteError = (sums: RegressionSums): Outcome => perWeight(sums, sums.absoluteError);

/** Weighted mean of prediction − label, the bias, in the label's unit; null without rows. */
export const meanError = (sums: RegressionSums): Outcome => perWeight(sums, sums.weight * sums.errorMean);

/** The largest |prediction − label|, weights aside. Range [0, ∞); null without rows. */
export const maximumError = (sums: RegressionSums): Outcome => (sums.rows > 0 ? { value: sums.largestError } : noValue(NO_ROWS));

/**
 * Weighted mean of the quantile loss max(α·e, (α − 1)·e), e = label − prediction: half of |e| + (2α − 1)e. Range [0, ∞), in the label's unit;
 * half the mean absolute error at α = ½; null without rows. Koenker & Bassett (1978), doi:10.2307/1913643.
 */
export const meanPinballLoss = (sums: RegressionSums, alpha: number): Outcome =>
  perWeight(sums, (sums.absoluteError - (2 * alpha - 1) * sums.weight * sums.errorMean) / 2);
