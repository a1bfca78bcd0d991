import { NO_ROWS, noValue, type Outcome } from '../outcome.ts';

export const NEEDS_ROWS = 'needs rows';

/**
 * Weighted median of |prediction − label|: the smallest at which half of the weight is reached, or its mean with the next where it is reached
 * exactly. Needs rows: null with that reason without them. Range [0, ∞), in the label's unit; scikit-learn's median_absolute_error.
 */
export function medianAbsoluteError(
  labels: ArrayLike<number> | undefined,
  predictions: ArrayLike<number> | undefined,
  weights?: ArrayLike<number>,
): Outcome {
  if (labels === undefined || predictions === undefined) return noValue(NEEDS_ROWS);
  const errors = Array.from(labels, (label, i) => ({ error: Math.abs(predictions[i]! - label), weight: weights?.[i] ?? 1 }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => a.error - b.error);
  if (errors.length === 0) return noValue(NO_ROWS);
  const half = errors.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let reached = 0;
  let i = 0;
  while (i < errors.length - 1 && reached + errors[i]!.weight < half) reached += errors[i++]!.weight;
  const exactly = reached + errors[i]!.weight === half && i < errors.length - 1;
  return { value: exactly ? (errors[i]!.error + errors[i + 1]!.error) / 2 : errors[i]!.error };
}
