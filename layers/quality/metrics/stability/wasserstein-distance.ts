import { total } from '../../math/total.ts';
import { noValue, type Outcome } from '../outcome.ts';

/** One side's values in bins: bin i holds edges[i − 1] ≤ x < edges[i], the outer bins are open. */
export interface BinnedValues {
  counts: ArrayLike<number>;
  /** Sum of each bin's values. */
  sums: ArrayLike<number>;
  minimum: number;
  maximum: number;
}

/**
 * First Wasserstein distance, ∫ |F − G|, in the values' unit, from counts and sums in the same bins. A bin's ∫ (F − G) is known exactly from its
 * counts and means, so the value is exact unless F and G cross inside a bin; it is never too large, and `error` bounds what crossings
 * can add. Range [0, ∞); null without values on a side. Vallender (1974), doi:10.1137/1118101.
 */
export function wassersteinDistance(edges: ArrayLike<number>, baseline: BinnedValues, current: BinnedValues): Outcome {
  const before = total(baseline.counts);
  const now = total(current.counts);
  if (!(before > 0)) return noValue('no values in the baseline');
  if (!(now > 0)) return noValue('no values to compare');
  const lowest = Math.min(baseline.minimum, current.minimum);
  const highest = Math.max(baseline.maximum, current.maximum);
  let value = 0;
  let error = 0;
  let difference = 0;
  for (let bin = 0; bin <= edges.length; bin++) {
    const low = bin === 0 ? lowest : Math.max(lowest, edges[bin - 1]!);
    const high = bin === edges.length ? highest : Math.min(highest, edges[bin]!);
    const p = baseline.counts[bin]! / before;
    const q = current.counts[bin]! / now;
    if (high > low) {
      const above =
        (p > 0 ? p * (high - baseline.sums[bin]! / baseline.counts[bin]!) : 0) -
        (q > 0 ? q * (high - current.sums[bin]! / current.counts[bin]!) : 0);
      const signed = difference * (high - low) + above;
      value += Math.abs(signed);
      const offsets = [
        p > 0 ? p * (baseline.sums[bin]! / baseline.counts[bin]! - low) : 0,
        q > 0 ? q * (current.sums[bin]! / current.counts[bin]! - low) : 0,
      ];
      error += crossing(difference, p, q, high - low, signed, offsets[0]! + offsets[1]!);
    }
    difference += p - q;
  }
  return { value, error };
}

/**
 * By how much ∫ |D| over a bin can exceed |∫ D|: D = F − G starts at `start` and stays in [start − q, start + p]. Twice the smaller of ∫ D⁺ and
 * ∫ D⁻, whose widths share the bin's; nor more than twice ∫ |D − D at an end|, known from the means (0 for a bin of a single value).
 */
function crossing(start: number, p: number, q: number, width: number, signed: number, fromLow: number): number {
  const most = start + p;
  const least = q - start;
  if (!(most > 0 && least > 0)) return 0;
  const excess = signed >= 0 ? signed / most : -signed / least;
  const both = (width - excess) / (1 / most + 1 / least);
  return Math.max(0, 2 * Math.min(both, fromLow, (p + q) * width - fromLow));
}
