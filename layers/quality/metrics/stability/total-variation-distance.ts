import { compareShares, type Outcome } from '../outcome.ts';

/** Total variation distance: ½ Σ |p − q|, the share of rows that would have to change category. Range [0, 1]; null without rows on a side. */
export const totalVariationDistance = (baseline: ArrayLike<number>, current: ArrayLike<number>): Outcome =>
  compareShares(baseline, current, (before, now) => {
    let sum = 0;
    for (let j = 0; j < baseline.length; j++) sum += Math.abs(baseline[j]! / before - current[j]! / now);
    return Math.min(1, sum / 2);
  });
