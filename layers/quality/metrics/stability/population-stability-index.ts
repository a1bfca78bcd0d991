import { compareShares, type Outcome } from '../outcome.ts';

/** Shares are raised to at least this, without renormalising. */
export const LEAST_SHARE = 1e-4;

/**
 * Population stability index: Σ (q − p) ln(q/p), every share raised to at least 1e-4 (else an empty bin makes it infinite). Natural logarithm.
 * Range [0, ∞), 18.4 at most for two disjoint categories; 0 for equal. Symmetric; null without rows on a side. Siddiqi (2006), Credit Risk Scorecards.
 */
export const populationStabilityIndex = (baseline: ArrayLike<number>, current: ArrayLike<number>): Outcome =>
  compareShares(baseline, current, (before, now) => {
    let sum = 0;
    for (let j = 0; j < baseline.length; j++) {
      const p = Math.max(LEAST_SHARE, baseline[j]! / before);
      const q = Math.max(LEAST_SHARE, current[j]! / now);
      sum += (q - p) * Math.log(q / p);
    }
    return sum;
  });
