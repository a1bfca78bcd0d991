const LARGE = 40;

/**
 * g(e) = E[½ X log₂(2X/(X+e)) + ½ e log₂(2e/(X+e))] for X ~ Poisson(e): what a category expected e times adds, times the rows, to the
 * mean Jensen–Shannon divergence (bits) of a sample from its own law. About e for e → 0 and 1/(8 ln 2)·(1 + …/e) → .1803 for e → ∞.
 */
function categoryTerm(e: number): number {
  if (e > LARGE) return (1 / (8 * Math.LN2)) * (1 + 1 / (8 * e));
  let probability = Math.exp(-e);
  let sum = 0;
  const end = Math.ceil(e + 10 * Math.sqrt(e) + 20);
  for (let x = 0; x <= end; x++) {
    const own = x === 0 ? 0 : x * Math.log2((2 * x) / (x + e));
    sum += probability * 0.5 * (own + e * Math.log2((2 * e) / (x + e)));
    probability *= e / (x + 1);
  }
  return sum;
}

/**
 * Mean Jensen–Shannon distance (base 2) of two samples of one law: √(Σ (1 − p_j) V g(p_j/V)), with V the variance of a share's difference over
 * p(1 − p): 1/n + 1/m for two plain samples, more with spread between windows. For shares that are not rare this is the delta method's
 * √(df·V/(8 ln 2)), df = categories − 1; a rare category adds at most its share. The square is the mean of the square. Range [0, 1].
 */
export function expectedJensenShannon(shares: ArrayLike<number>, variance: number): number {
  let sum = 0;
  for (let j = 0; j < shares.length; j++) {
    const share = shares[j]!;
    if (share > 0) sum += (1 - share) * Math.min(share, variance * categoryTerm(share / variance));
  }
  return Math.min(1, Math.sqrt(sum));
}
