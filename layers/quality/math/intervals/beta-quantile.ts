import betainc from '@stdlib/math-base-special-betainc';
import { bisect } from './bisect.ts';

/**
 * x with P(Beta(a, b) ≤ x) = p, a and b above 0; with `upper`, x with P(Beta(a, b) ≥ x) = p, which keeps the digits of a small p. By bisection
 * of the regularised incomplete beta function. Range [0, 1].
 */
export function betaQuantile(p: number, a: number, b: number, upper = false): number {
  if (upper) return bisect((x) => -betainc(x, a, b, true, true), -p, 0, 1);
  return bisect((x) => betainc(x, a, b, true, false), p, 0, 1);
}
