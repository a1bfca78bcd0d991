import { compareShares, type Outcome } from '../outcome.ts';

/**
 * Kullback–Leibler divergence of the baseline from the current rows: Σ p ln(p/q), natural logarithm, p the baseline's shares. Not symmetric.
 * Range [0, ∞]; infinite where a category of the baseline is gone; null without rows on a side. Kullback & Leibler (1951).
 */
export const kullbackLeiblerDivergence = (baseline: ArrayLike<number>, current: ArrayLike<number>): Outcome =>
  compareShares(baseline, current, (before, now) => {
    let sum = 0;
    for (let j = 0; j < baseline.length; j++) {
      const p = baseline[j]! / before;
      if (p > 0) sum += p * Math.log(p / (current[j]! / now));
    }
    return Math.max(0, sum);
  });
