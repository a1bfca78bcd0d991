import { noValue, type Outcome } from '../outcome.ts';
import { perWeight } from './mean-absolute-error.ts';
import type { RegressionSums } from './regression-sums.ts';

const rooted = ({ value, ...rest }: Outcome): Outcome => ({ ...rest, value: value === null ? null : Math.sqrt(value) });

/** Weighted mean of (prediction − label)². Range [0, ∞); null without rows. */
export const meanSquaredError = (sums: RegressionSums): Outcome => perWeight(sums, sums.squaredError);

/** Its square root, in the label's unit. Range [0, ∞); null without rows. */
export const rootMeanSquaredError = (sums: RegressionSums): Outcome => rooted(meanSquaredError(sums));

/** Weighted mean of (ln(1 + prediction) − ln(1 + label))². Range [0, ∞); null without rows or with a value not above −1. */
export const meanSquaredLogError = (sums: RegressionSums): Outcome =>
  Number.isNaN(sums.squaredLogError) ? noValue('labels or predictions of −1 or less') : perWeight(sums, sums.squaredLogError);

/** Its square root. Range [0, ∞); null without rows or with a value not above −1. */
export const rootMeanSquaredLogError = (sums: RegressionSums): Outcome => rooted(meanSquaredLogError(sums));
