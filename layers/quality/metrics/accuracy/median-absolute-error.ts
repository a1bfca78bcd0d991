import { ascendingOrder } from '../../math/ascending-order.ts';
import { sortDoubles } from '../../math/sort-doubles.ts';
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
  const errors = absoluteErrors(labels, predictions);
  if (weights !== undefined) return weightedMedian(errors, weights);
  if (errors.length === 0) return noValue(NO_ROWS);
  const sorted = sortDoubles(errors);
  const middle = sorted.length >> 1;
  return { value: sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2 };
}

export function absoluteErrors(labels: ArrayLike<number>, predictions: ArrayLike<number>): Float64Array {
  const errors = new Float64Array(labels.length);
  for (let i = 0; i < errors.length; i++) errors[i] = Math.abs(predictions[i]! - labels[i]!);
  return errors;
}

function weightedMedian(errors: Float64Array, weights: ArrayLike<number>): Outcome {
  const order = ascendingOrder(errors).filter((i) => weights[i]! > 0);
  if (order.length === 0) return noValue(NO_ROWS);
  let all = 0;
  for (const row of order) all += weights[row]!;
  let [reached, i] = [0, 0];
  while (i < order.length - 1 && reached + weights[order[i]!]! < all / 2) reached += weights[order[i++]!]!;
  const exactly = reached + weights[order[i]!]! === all / 2 && i < order.length - 1;
  return { value: exactly ? (errors[order[i]!]! + errors[order[i + 1]!]!) / 2 : errors[order[i]!]! };
}
