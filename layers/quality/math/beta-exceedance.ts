import betainc from '@stdlib/math-base-special-betainc';
import gammaln from '@stdlib/math-base-special-gammaln';

/** Log density of Beta(a, b) in u = log(y/(1 − y)), where it is smooth. */
function logDensity(a: number, b: number): (u: number) => number {
  const constant = gammaln(a + b) - gammaln(a) - gammaln(b);
  return (u) => constant + a * -Math.log1p(Math.exp(-u)) - b * Math.log1p(Math.exp(u));
}

/**
 * P(Y ≤ X) for independent Y ~ Beta(a, b) and X ~ Beta(c, d), all parameters positive, accurate in the tail: the trapezoid rule over
 * log-odds (exponentially convergent) of Y's density times X's upper tail, about the largest value of the product. With whole numbers
 * Y = Beta(k, n − k + 1), X = Beta(K + 1, N − K) this is Fisher's exact one-sided p of k in n against K in N (Altham 1969).
 */
export function betaExceedance(a: number, b: number, c: number, d: number): number {
  const density = logDensity(a, b);
  const at = (u: number): number => Math.exp(density(u)) * betainc(1 / (1 + Math.exp(-u)), c, d, true, true);
  const centreY = Math.log(a / b);
  const centreX = Math.log(c / d);
  const step = 0.25 * Math.min(1 / Math.sqrt((a * b) / (a + b)), 1 / Math.sqrt((c * d) / (c + d)), 1);
  let peak = Math.min(centreY, centreX);
  for (let u = peak, best = at(u); u < centreY; ) {
    u += 4 * step;
    const value = at(u);
    if (value < best && best > 0) break;
    if (value >= best) {
      best = value;
      peak = u;
    }
  }
  let sum = at(peak);
  for (const direction of [-1, 1])
    for (let i = 1; i < 4000; i++) {
      const value = at(peak + direction * i * step);
      sum += value;
      if (value <= sum * 1e-12) break;
    }
  return Math.min(1, sum * step);
}
