import { compareShares, type Outcome } from '../outcome.ts';

/**
 * Pearson's statistic of the 2 × k table of both sides: Σ (observed − expected)²/expected, no continuity correction, categories empty on both
 * sides left out (df = k − 1). Not goodness of fit against known shares. Range [0, n + m]; null without rows on a side. Pearson (1900).
 */
export const chiSquareStatistic = (baseline: ArrayLike<number>, current: ArrayLike<number>): Outcome =>
  compareShares(baseline, current, (before, now) => {
    const scale = (before * now) / (before + now);
    let sum = 0;
    for (let j = 0; j < baseline.length; j++) {
      const share = (baseline[j]! + current[j]!) / (before + now);
      if (share > 0) sum += (baseline[j]! / before - current[j]! / now) ** 2 / share;
    }
    return scale * sum;
  });
