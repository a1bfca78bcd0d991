import { total } from './total.ts';

/** Squared deviations up to this are left as they are. */
const TAME = 10;

/**
 * Pearson's statistic over the variance of a difference, with honest tails: Σ z_j², z_j² = p_j r²/V, r = (current − baseline share)/p_j.
 * A rare group's upper tail is Poisson's (sampling) or the gamma law's (spread between windows), not the normal's: of 5 expected, 18 have
 * z² = 34, p = 6e-9, in truth 5e-6. So a surplus beyond `TAME` counts as the deviance, 2 p_j/V · ((1 + r) ln(1 + r) − r) for the sampling part
 * of V and 2 p_j/V · (r − ln(1 + r)) for the rest. Mean and variance stay chi-squared's (within 1 % from 5 expected rows on).
 */
export function temperedPearson(baseline: number[], current: number[], variance: number): number {
  const before = total(baseline);
  const now = total(current);
  const sampling = Math.min(1, (1 / before + 1 / now) / variance);
  let sum = 0;
  for (let j = 0; j < baseline.length; j++) {
    const share = (baseline[j]! + current[j]!) / (before + now);
    const excess = (current[j]! / now - baseline[j]! / before) / share;
    const square = (share * excess * excess) / variance;
    sum += excess > 0 && square > TAME ? Math.max(TAME, (2 * share * devianceOf(excess, sampling)) / variance) : square;
  }
  return sum;
}

function devianceOf(excess: number, sampling: number): number {
  const log = Math.log1p(excess);
  return sampling * ((1 + excess) * log - excess) + (1 - sampling) * (excess - log);
}
