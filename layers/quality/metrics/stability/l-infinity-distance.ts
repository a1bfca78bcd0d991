import { compareShares, type Outcome } from '../outcome.ts';

/** L∞ distance of categories: the largest |p − q| (Deequ's "simple" categorical distance). Range [0, 1]; null without rows on a side. */
export const lInfinityDistance = (baseline: ArrayLike<number>, current: ArrayLike<number>): Outcome =>
  compareShares(baseline, current, (before, now) => {
    let largest = 0;
    for (let j = 0; j < baseline.length; j++) largest = Math.max(largest, Math.abs(baseline[j]! / before - current[j]! / now));
    return largest;
  });
