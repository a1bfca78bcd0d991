import { betaExceedance } from '../math/beta-exceedance.ts';
import { expectedJensenShannon } from '../math/expected-jensen-shannon.ts';
import { fSf } from '../math/f-distribution.ts';
import { normalQuantile } from '../math/normal.ts';
import { poolCategories } from '../math/pool-categories.ts';
import { studentTSf } from '../math/student-t.ts';
import { total } from '../math/total.ts';
import { type Dispersion, estimateDispersion } from './dispersion.ts';

export { holm } from '../math/holm.ts';
/** Fewer chunks say nothing about the spread between windows: sampling noise alone is used. */
export const MINIMUM_CHUNKS = 10;
/** Least expected rows of a pooled group, on either side; and in the mean chunk. */
const LEAST_EXPECTED = 5;
const LEAST_IN_CHUNK = 1;
/** Squared deviations up to this are left as they are. */
const TAME = 10;

export interface Comparison {
  /** Chance of a difference as large if nothing changed; null where there is nothing to compare. */
  pValue: number | null;
  /** Mean Jensen–Shannon distance (base 2) if nothing changed, at these rows. */
  expectedJensenShannon: number | null;
  /** Variance of the shares' difference over that of plain sampling. */
  dispersion: number;
  /** Effective degrees of freedom of the statistic. */
  df: number;
  /** Groups of original category indexes. */
  pooled: number[][];
}

interface Noise {
  /** Mean variance of a share's difference over p(1 − p). */
  variance: number;
  dispersion: number;
  df: number;
  /** Degrees of freedom with which the variance is known. */
  freedom: number;
}

/**
 * Whether the current counts are of the baseline's law. `chunks` are the baseline in parts of about the window's length, their sum the baseline.
 *
 * Pearson's statistic of pooled groups (5 expected), over its mean under no change, against F(ν, ν₂). A share's difference has the covariance
 * Λ = (1/n + 1/N)·I + (1 − 1/n + Σw² − 1/N)·T (in units of p), T the covariance between chunks; with T = ρI this is the Dirichlet-multinomial's
 * φ(n)/n + φ(n̄)/(C n̄). ν = (tr Λ)²/tr Λ² (Satterthwaite; second order of Rao & Scott 1984): groups that move together, as over a day, have
 * fewer degrees of freedom and a longer tail than the same spread over all. ν₂ is the chunks' own, more where sampling, which
 * is known, outweighs the spread. Fewer than 10 chunks: Λ = (1/n + 1/N)·I and chi-squared.
 */
export function compareCounts(baseline: ArrayLike<number>, current: ArrayLike<number>, chunks: ArrayLike<number>[]): Comparison {
  const before = total(baseline);
  const now = total(current);
  if (!(before > 0 && now > 0)) return { pValue: null, expectedJensenShannon: null, dispersion: 1, df: 0, pooled: [] };
  const both = Float64Array.from(baseline, (count, j) => (count + current[j]!) / (before + now));
  const filled = chunks.filter((chunk) => total(chunk) > 0);
  const enough = filled.length >= MINIMUM_CHUNKS;
  const rows = Math.min(now, before, enough ? (before / filled.length) * (LEAST_EXPECTED / LEAST_IN_CHUNK) : now);
  const pooled = poolCategories(both, LEAST_EXPECTED / rows);
  const spread = enough && pooled.length > 1 ? spreadOf(baseline, filled, pooled) : null;
  const noise = noiseAt(now, before, Math.max(1, pooled.length - 1), spread);
  const expected = expectedJensenShannon(both, noise.variance);
  if (pooled.length < 2) return { pValue: null, expectedJensenShannon: expected, dispersion: noise.dispersion, df: 0, pooled };
  const statistic = temperedPearson(sumGroups(baseline, pooled), sumGroups(current, pooled), noise.variance);
  const pValue = fSf(statistic / (pooled.length - 1), noise.df, noise.freedom);
  return { pValue, expectedJensenShannon: expected, dispersion: noise.dispersion, df: noise.df, pooled };
}

/** The spread over the groups that the baseline has at all. */
function spreadOf(baseline: ArrayLike<number>, chunks: ArrayLike<number>[], pooled: number[][]): Dispersion | null {
  const seen = pooled.filter((group) => group.some((j) => baseline[j]! > 0));
  if (seen.length < 2) return null;
  const shares = sumGroups(baseline, seen);
  const all = total(shares);
  return estimateDispersion(
    chunks.map((chunk) => sumGroups(chunk, seen)),
    shares.map((count) => count / all),
  );
}

const sumGroups = (counts: ArrayLike<number>, groups: number[][]): number[] =>
  groups.map((group) => group.reduce((sum, j) => sum + counts[j]!, 0));

function noiseAt(now: number, before: number, df: number, spread: Dispersion | null): Noise {
  const sampling = 1 / now + 1 / before;
  if (spread === null) return { variance: sampling, dispersion: 1, df, freedom: Number.POSITIVE_INFINITY };
  const between = 1 - 1 / now + spread.concentration - 1 / before;
  const trace = df * sampling + between * spread.trace;
  const square = df * sampling ** 2 + 2 * sampling * between * spread.trace + between ** 2 * spread.traceSquared;
  const freedom = spread.degrees * (trace / (between * spread.measured)) ** 2;
  return {
    variance: trace / df,
    dispersion: trace / df / sampling,
    df: Math.min(df, Math.max(1, trace ** 2 / square)),
    freedom: Math.max(spread.chunks - 1, freedom),
  };
}

/**
 * Σ z_j², z_j² = p_j r²/V with r = (current share − baseline share)/p_j. A group's surplus beyond `TAME` counts as the deviance
 * 2 p_j/V·((1 + r) ln(1 + r) − r) does (but not less than `TAME`), for a rare group's upper tail is Poisson's or gamma's, not the
 * normal law's: of 5 expected, 18 have z² = 34, p = 6e-9, in truth 5e-6. Mean and variance stay chi-squared's (within 1 % from 5 expected).
 */
function temperedPearson(baseline: number[], current: number[], variance: number): number {
  const before = total(baseline);
  const now = total(current);
  let sum = 0;
  for (let j = 0; j < baseline.length; j++) {
    const share = (baseline[j]! + current[j]!) / (before + now);
    const excess = (current[j]! / now - baseline[j]! / before) / share;
    const square = (share * excess * excess) / variance;
    const deviance = (2 * share * ((1 + excess) * Math.log1p(excess) - excess)) / variance;
    sum += excess > 0 && square > TAME ? Math.max(TAME, deviance) : square;
  }
  return sum;
}

/**
 * One-sided test that a rate rose (or fell). With d the dispersion of `compareCounts` for two groups, counts are divided by d, and
 * p = P(Y ≤ X), Y ~ Beta(k/d, (n − k)/d + 1) and X ~ Beta(K/d + 1, (N − K)/d): Fisher's exact test where d = 1, right for no hits at all, and
 * a beta-binomial tail otherwise. Widened from the normal to Student's law with the dispersion's degrees of freedom. A baseline without hits
 * tells nothing of their spread: they are taken as independent.
 */
export function compareRate(
  current: { hits: number; rows: number },
  chunks: { hits: number; rows: number }[],
  direction: 'above' | 'below',
): { pValue: number | null; expected: number; dispersion: number } {
  const filled = chunks.filter(({ rows }) => rows > 0);
  const rows = filled.reduce((sum, chunk) => sum + chunk.rows, 0);
  const hits = filled.reduce((sum, chunk) => sum + chunk.hits, 0);
  const expected = rows > 0 ? hits / rows : Number.NaN;
  if (!(rows > 0 && current.rows > 0)) return { pValue: null, expected, dispersion: 1 };
  const spread =
    filled.length >= MINIMUM_CHUNKS && hits > 0 && hits < rows
      ? estimateDispersion(
          filled.map((chunk) => [chunk.hits, chunk.rows - chunk.hits]),
          [expected, 1 - expected],
        )
      : null;
  const noise = noiseAt(current.rows, rows, 1, spread);
  const [seen, known] = direction === 'above' ? [current.hits, hits] : [current.rows - current.hits, rows - hits];
  const p = exceedance(seen, current.rows, known, rows, noise.dispersion);
  const widened = spread === null ? p : studentTSf(-normalQuantile(p), noise.freedom);
  return { pValue: Math.max(p, widened), expected, dispersion: noise.dispersion };
}

function exceedance(seen: number, now: number, known: number, before: number, dispersion: number): number {
  if (seen <= 0 || known >= before) return 1;
  const n = now / dispersion;
  const m = before / dispersion;
  const k = seen / dispersion;
  const expected = known / dispersion;
  return betaExceedance(k, n - k + Math.min(1, n), expected + 1, m - expected);
}
