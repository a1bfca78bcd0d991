import betainc from '@stdlib/math-base-special-betainc';
import { normalSf } from './normal.ts';

/** P(T ≥ t) of Student's law with `df` degrees of freedom (need not be whole); the normal law at df = ∞. Range [0, 1]. */
export function studentTSf(t: number, df: number): number {
  if (Number.isNaN(t)) return Number.NaN;
  if (df > 1e9) return normalSf(t);
  if (t < 0) return 1 - studentTSf(-t, df);
  if (t === Number.POSITIVE_INFINITY) return 0;
  const ratio = (t * t) / df;
  if (ratio < 1) return 0.5 * betainc(ratio / (1 + ratio), 0.5, df / 2, true, true);
  return 0.5 * betainc(1 / (1 + ratio), df / 2, 0.5, true, false);
}
