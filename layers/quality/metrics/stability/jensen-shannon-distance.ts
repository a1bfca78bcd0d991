import { compareShares, type Outcome } from '../outcome.ts';

/**
 * Jensen–Shannon distance, base 2: √(½ KL(p ‖ m) + ½ KL(q ‖ m)), m the mean of the shares. Range [0, 1]; 0 for equal, 1 for disjoint.
 * With d = (p − q)/(p + q) a category adds (p + q)/4 · (d (ln(1 + d) − ln(1 − d)) + ln(1 − d²)), which keeps its digits near 0. Symmetric;
 * null without rows on a side. Lin (1991), doi:10.1109/18.61115; a metric by Endres & Schindelin (2003).
 */
export const jensenShannonDistance = (baseline: ArrayLike<number>, current: ArrayLike<number>): Outcome =>
  compareShares(baseline, current, (before, now) => {
    let sum = 0;
    for (let j = 0; j < baseline.length; j++) {
      const p = baseline[j]! * now;
      const q = current[j]! * before;
      if (p + q > 0) sum += ((p + q) / 4) * relativeTerm((p - q) / (p + q));
    }
    return Math.min(1, Math.sqrt(sum / before / now / Math.LN2));
  });

function relativeTerm(d: number): number {
  if (Math.abs(d) === 1) return 2 * Math.LN2;
  return d * (Math.log1p(d) - Math.log1p(-d)) + Math.log1p(-d * d);
}
