/**
 * Kolmogorov's limit law, P(K ≥ t) = 2 Σ (−1)^(k−1) exp(−2k²t²); below t = 1 by Jacobi's form, 1 − √(2π)/t Σ exp(−(2k−1)²π²/8t²),
 * which converges there. Range [0, 1]. Kolmogorov (1933); Smirnov (1948).
 */
export function kolmogorovLimitSf(t: number): number {
  if (!(t > 0)) return t <= 0 ? 1 : Number.NaN;
  let sum = 0;
  if (t < 1) {
    for (let k = 1; k <= 20; k++) sum += Math.exp(-(((2 * k - 1) * Math.PI) ** 2) / (8 * t * t));
    return 1 - (Math.sqrt(2 * Math.PI) / t) * sum;
  }
  for (let k = 1; k <= 20; k++) sum += (k % 2 === 1 ? 1 : -1) * Math.exp(-2 * k * k * t * t);
  return 2 * sum;
}

/** p-value of a two-sample Kolmogorov–Smirnov distance d by the limit law, t = d√(nm/(n + m)); too large for few rows or ties. */
export const kolmogorovSmirnovP = (d: number, n: number, m: number): number => kolmogorovLimitSf(d * Math.sqrt((n * m) / (n + m)));
