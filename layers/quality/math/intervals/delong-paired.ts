import { ascendingOrder } from '../ascending-order.ts';
import { type DifferenceTest, differenceTest } from './difference-test.ts';
import { noEstimate } from './interval.ts';

/** Also the covariance of the two AUCs; null where the variance is. */
export interface PairedTest extends DifferenceTest {
  covariance: number | null;
}

/**
 * Difference of the ROC AUCs of two scores of the same rows, first less second: d ± z√V, V = var(V10₁ − V10₂)/m + var(V01₁ − V01₂)/n, equal
 * to V₁ + V₂ − 2·cov but without its cancellation. Range [−1, 1]. Null without one of the classes; no interval with fewer than two rows of a
 * class, nor where a score of no variance meets V = 0 (both part the classes). [0, 0], without a test, for scores that rank all rows alike.
 * DeLong et al. (1988), doi:10.2307/2531595.
 */
export function delongPaired(
  labels: ArrayLike<number>,
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  confidence = 0.95,
): PairedTest {
  const [a, b] = [placements(labels, first), placements(labels, second)];
  const none = { variance: null, covariance: null, z: null, p: null };
  const [m, n] = [a.positives.length, a.negatives.length];
  if (m === 0 || n === 0) return { ...noEstimate('one class only'), ...none };
  const value = mean(minus(a.positives, b.positives));
  if (m < 2 || n < 2) return { ...noEstimate('no interval of a single row of a class', value), ...none };
  const of = (positives: number[], negatives: number[]): number => variance(positives) / m + variance(negatives) / n;
  const together = of(minus(a.positives, b.positives), minus(a.negatives, b.negatives));
  const [v1, v2] = [of(a.positives, a.negatives), of(b.positives, b.negatives)];
  const covariance = (v1 + v2 - together) / 2;
  if (together === 0 && !(v1 > 0 && v2 > 0)) return { ...noEstimate('no variance', value), ...none, variance: 0, covariance };
  return { ...differenceTest(value, together, confidence), covariance };
}

/** V10 of the positives and V01 of the negatives, each in row order; ties one half. */
function placements(labels: ArrayLike<number>, scores: ArrayLike<number>): { positives: number[]; negatives: number[] } {
  const order = ascendingOrder(scores);
  const m = order.reduce((sum, row) => sum + (labels[row] === 1 ? 1 : 0), 0);
  const n = order.length - m;
  const share = new Float64Array(order.length);
  const below = [0, 0];
  for (let from = 0; from < order.length; ) {
    const tied = [0, 0];
    let to = from;
    for (; to < order.length && scores[order[to]!] === scores[order[from]!]; to++) tied[labels[order[to]!] === 1 ? 1 : 0]!++;
    for (const row of order.subarray(from, to))
      share[row] = labels[row] === 1 ? (below[0]! + tied[0]! / 2) / n : (m - below[1]! - tied[1]! / 2) / m;
    below[0]! += tied[0]!;
    below[1]! += tied[1]!;
    from = to;
  }
  const of = (positive: boolean): number[] => Array.from(share).filter((_, row) => (labels[row] === 1) === positive);
  return { positives: of(true), negatives: of(false) };
}

const minus = (a: number[], b: number[]): number[] => a.map((each, i) => each - b[i]!);
const mean = (values: number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length;
function variance(values: number[]): number {
  const centre = mean(values);
  return values.reduce((sum, each) => sum + (each - centre) ** 2, 0) / (values.length - 1);
}
