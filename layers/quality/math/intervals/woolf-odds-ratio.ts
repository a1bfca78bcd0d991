import { type Estimated, noEstimate } from './interval.ts';
import { zOf } from './z-of.ts';

/**
 * Odds ratio of two independent shares, first over second, with Woolf's log interval: o = k₁(n₂−k₂)/((n₁−k₁)k₂), o·exp(± z√(Σ 1/cell)).
 * Range (0, ∞); null where one of the four cells is empty. Woolf (1955), doi:10.1111/j.1469-1809.1955.tb01348.x.
 */
export function woolfOddsRatio(hits1: number, rows1: number, hits2: number, rows2: number, confidence = 0.95): Estimated {
  const cells = [hits1, rows1 - hits1, hits2, rows2 - hits2];
  if (!cells.every((cell) => cell > 0)) return noEstimate('hits and misses are needed on both sides');
  const value = (hits1 * (rows2 - hits2)) / ((rows1 - hits1) * hits2);
  const half = zOf(confidence) * Math.sqrt(cells.reduce((sum, cell) => sum + 1 / cell, 0));
  return { value, interval: [value * Math.exp(-half), value * Math.exp(half)] };
}
