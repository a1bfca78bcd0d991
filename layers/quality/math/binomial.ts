import betainc from '@stdlib/math-base-special-betainc';

/** P(X ≤ k) for X ~ Binomial(n, p): the upper part of I_p(k + 1, n − k). Range [0, 1]; 0 below 0, 1 from n on. */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  if (k >= n) return 1;
  return betainc(p, Math.floor(k) + 1, n - Math.floor(k), true, true);
}

/** P(X ≥ k) for X ~ Binomial(n, p): I_p(k, n − k + 1), also for fractional k and n. Range [0, 1]; 1 from 0 down, 0 above n. */
export function binomialSf(k: number, n: number, p: number): number {
  if (k <= 0) return 1;
  if (k > n) return 0;
  return betainc(p, k, n - k + 1, true, false);
}
