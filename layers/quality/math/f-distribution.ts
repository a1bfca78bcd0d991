import betainc from '@stdlib/math-base-special-betainc';
import { chiSquaredSf } from './chi-squared.ts';

/**
 * P(F ≥ x) of the F law with df1 and df2 degrees of freedom (need not be whole): I at df2/(df2 + df1·x) of (df2/2, df1/2), so that
 * the tail keeps its digits. df2 = ∞ is chi-squared over df1. Range [0, 1]; 1 at x ≤ 0.
 */
export function fSf(x: number, df1: number, df2: number): number {
  if (!(x > 0)) return x <= 0 ? 1 : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return 0;
  if (df2 > 1e7) return chiSquaredSf(x * df1, df1);
  const ratio = (df1 * x) / df2;
  if (ratio < 1) return betainc(ratio / (1 + ratio), df1 / 2, df2 / 2, true, true);
  return betainc(1 / (1 + ratio), df2 / 2, df1 / 2, true, false);
}
