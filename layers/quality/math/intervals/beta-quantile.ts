import betainc from '@stdlib/math-base-special-betainc';
import { bracketedRoot } from './bracketed-root.ts';

/**
 * x with P(Beta(a, b) ≤ x) = p, a and b above 0; with `upper`, x with P(Beta(a, b) ≥ x) = p, which keeps the digits of a small p. By a bracketed root
 * of the regularised incomplete beta function. Range [0, 1].
 */
export function betaQuantile(p: number, a: number, b: number, upper = false): number {
  if (upper) return bracketedRoot((x) => -betainc(x, a, b, true, true), -p, 0, 1);
  return bracketedRoot((x) => betainc(x, a, b, true, false), p, 0, 1);
}
