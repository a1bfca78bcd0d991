import { total } from './total.ts';

/** Squared deviations up to this are left as they are. */
const TAME = 10;

/**
 * Pearson's statistic over the variance of a difference, with honest tails: Σ z_j², z_j² = p_j r²/V, r = (current − baseline share)/p_j.
 * A rare group's upper tail is Poisson's (sampling) or the gamma law's (spread between windows), not the normal's: of 5 expected, 18 have
 * z² = 34, p = 6e-9, in truth 5e-6. So a surplus beyond `TAME` counts as the deviance, 2 p_j/V · ((1 + r) ln(1 + r) − r) for the sampling part
 * of V and 2 p_j/V · (r − ln(1 + r)) for the rest. Mean and variance stay chi-squared's (within 1 % from 5 expected rows on).
 * With `directions` (of unit length, in units of √p) only what lies across them counts, less the square of what lies along them: a path that
 * shares move on is bent, by half the square of the step where they move in proportion.
 */
export function temperedPearson(baseline: number[], current: number[], variance: number, directions: Float64Array[] = []): number {
  const before = total(baseline);
  const now = total(current);
  const sampling = Math.min(1, (1 / before + 1 / now) / variance);
  const shares = baseline.map((count, j) => (count + current[j]!) / (before + now));
  const moved = Float64Array.from(shares, (share, j) => (current[j]! / now - baseline[j]! / before) / Math.sqrt(share));
  let far = 0;
  for (const direction of directions) {
    let along = 0;
    for (let j = 0; j < moved.length; j++) along += moved[j]! * direction[j]!;
    for (let j = 0; j < moved.length; j++) moved[j]! -= along * direction[j]!;
    far += along * along;
  }
  let sum = 0;
  for (let j = 0; j < shares.length; j++) {
    const share = shares[j]!;
    const excess = moved[j]! / Math.sqrt(share);
    const square = (moved[j]! * moved[j]!) / variance;
    sum += excess > 0 && square > TAME ? Math.max(TAME, (2 * share * devianceOf(excess, sampling)) / variance) : square;
  }
  return Math.max(0, sum - (far * far) / variance);
}

function devianceOf(excess: number, sampling: number): number {
  const log = Math.log1p(excess);
  return sampling * ((1 + excess) * log - excess) + (1 - sampling) * (excess - log);
}
