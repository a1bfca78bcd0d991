import { type Estimated, NO_ROWS_ON_A_SIDE, noEstimate } from './interval.ts';
import { zOf } from './z-of.ts';

/**
 * Ratio of two independent shares, first over second, with Katz's log interval r·exp(± z√(1/k₁ − 1/n₁ + 1/k₂ − 1/n₂)). Range [0, ∞).
 * Null without rows on a side, and without hits in the second; with none in the first the ratio is 0 and has no interval. Of width 0 where
 * every row of both sides is a hit. Adding ½ to all four numbers gives an interval always. Katz et al. (1978), doi:10.2307/2530610.
 */
export function katzRatio(hits1: number, rows1: number, hits2: number, rows2: number, confidence = 0.95): Estimated {
  if (!(rows1 > 0 && rows2 > 0)) return noEstimate(NO_ROWS_ON_A_SIDE);
  if (!(hits2 > 0)) return noEstimate('no hits to compare with');
  const value = hits1 / rows1 / (hits2 / rows2);
  if (!(hits1 > 0)) return noEstimate('no interval without hits on both sides', value);
  const half = zOf(confidence) * Math.sqrt((rows1 - hits1) / (hits1 * rows1) + (rows2 - hits2) / (hits2 * rows2));
  return { value, interval: [value * Math.exp(-half), value * Math.exp(half)] };
}
