import { compareShares, type Outcome } from '../outcome.ts';

/**
 * Hellinger distance: √(½ Σ (√p − √q)²), the form that keeps its digits near 0. Range [0, 1]; 1 for disjoint; null without rows on a side.
 * Hellinger (1909); Nikulin, Encyclopedia of Mathematics.
 */
export const hellingerDistance = (baseline: ArrayLike<number>, current: ArrayLike<number>): Outcome =>
  compareShares(baseline, current, (before, now) => {
    let sum = 0;
    for (let j = 0; j < baseline.length; j++) sum += (Math.sqrt(baseline[j]! / before) - Math.sqrt(current[j]! / now)) ** 2;
    return Math.min(1, Math.sqrt(sum / 2));
  });
