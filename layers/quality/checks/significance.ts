import { betaExceedance } from '../math/beta-exceedance.ts';
import { expectedJensenShannon } from '../math/expected-jensen-shannon.ts';
import { fSf } from '../math/f-distribution.ts';
import { normalQuantile } from '../math/normal-quantile.ts';
import { poolCategories } from '../math/pool-categories.ts';
import { studentTSf } from '../math/student-t.ts';
import { temperedPearson } from '../math/tempered-pearson.ts';
import { total } from '../math/total.ts';
import { type Dispersion, estimateDispersion, noiseAt } from './dispersion.ts';
import { partOfSpread } from './part-of-spread.ts';

export { holm } from '../math/holm.ts';
/** Fewer chunks say nothing about the spread between windows: sampling noise alone is used. */
export const MINIMUM_CHUNKS = 10;
/** Least expected rows of a pooled group, on either side; and in the mean chunk. */
const LEAST_EXPECTED = 5;
const LEAST_IN_CHUNK = 1;

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

export interface Hits {
  hits: number;
  rows: number;
}

export interface RateComparison {
  /** Chance of so many hits (or so few) if nothing changed; null without rows. */
  pValue: number | null;
  /** The baseline's rate. */
  expected: number;
  /** Variance of the rates' difference over that of plain sampling. */
  dispersion: number;
}

/**
 * Whether the current counts are of the baseline's law. `chunks` are the baseline in parts of about the window's length, their sum the baseline.
 *
 * Pearson's statistic of pooled groups (5 expected), over its mean under no change, against F(ν, ν₂). A share's difference has the covariance
 * Λ = (1/n + 1/N)·I + (1 − 1/n + Σw² − 1/N)·T (in units of p), T the covariance between chunks; with T = ρI this is the Dirichlet-multinomial's
 * φ(n)/n + φ(n̄)/(C n̄). ν = (tr Λ)²/tr Λ² (Satterthwaite; second order of Rao & Scott 1984): groups that move together, as over a day, have
 * fewer degrees of freedom and a longer tail than the same spread over all. ν₂ is the chunks' own, more where sampling, which
 * is known, outweighs the spread. Fewer than 10 chunks: Λ = (1/n + 1/N)·I and chi-squared. Where all but one category together are too few to make a group,
 * they are tested as one rate, either way.
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
  const df = pooled.length > 1 ? noise.df : 0;
  const rare = rareCategories(both, baseline, current, filled);
  const sums = [sumGroups(baseline, pooled), sumGroups(current, pooled)] as const;
  const known =
    df > 0
      ? fSf(temperedPearson(...sums, noise.variance) / (pooled.length - 1), noise.df, noise.freedom)
      : ofCommonest(both, baseline, current, filled);
  const pValue = earliest([known, spread?.main ? across(sums, now, before, spread.main) : null, rare]);
  return { pValue, expectedJensenShannon: expected, dispersion: noise.dispersion, df, pooled };
}

/** Whether all but the most frequent category, together, became more or fewer: of what hardly varies no groups of 5 can be made. */
function ofCommonest(
  both: Float64Array,
  baseline: ArrayLike<number>,
  current: ArrayLike<number>,
  chunks: ArrayLike<number>[],
): number | null {
  if (both.filter((share) => share > 0).length < 2) return null;
  const most = both.indexOf(Math.max(...both));
  const hitsOf = (counts: ArrayLike<number>): Hits => ({ hits: total(counts) - counts[most]!, rows: total(counts) });
  const before = chunks.length < MINIMUM_CHUNKS ? [hitsOf(baseline)] : chunks.map(hitsOf);
  const [rose, fell] = (['above', 'below'] as const).map((direction) => compareRate(hitsOf(current), before, direction).pValue);
  return rose == null || fell == null ? null : Math.min(1, 2 * Math.min(rose, fell));
}

/** That categories of less than one expected row have become more: pooling hides a new one among others, so they are tested as one rate. */
function rareCategories(
  both: Float64Array,
  baseline: ArrayLike<number>,
  current: ArrayLike<number>,
  chunks: ArrayLike<number>[],
): number | null {
  const rows = total(current);
  const rare = [Array.from(both.keys()).filter((j) => both[j]! > 0 && both[j]! * rows < 1)];
  if (rare[0]!.length === 0) return null;
  const hitsOf = (counts: ArrayLike<number>): Hits => ({ hits: sumGroups(counts, rare)[0]!, rows: total(counts) });
  return compareRate(hitsOf(current), chunks.length < MINIMUM_CHUNKS ? [hitsOf(baseline)] : chunks.map(hitsOf), 'above').pValue;
}

/** The smallest of p-values, for all were tried (Bonferroni). */
function earliest(pValues: (number | null)[]): number | null {
  const tried = pValues.filter((p) => p !== null);
  return tried.length === 0 ? null : Math.min(1, tried.length * Math.min(...tried));
}

/**
 * The same test for what differs across the directions that unchanged windows mostly move along: a spike is no hour of the day, however far
 * the hours of the day differ.
 */
function across(
  sums: readonly [number[], number[]],
  now: number,
  before: number,
  { directions, rest }: NonNullable<Dispersion['main']>,
): number {
  const seen = sums[0].flatMap((count, j) => (count > 0 ? [j] : []));
  const placed = directions.map((direction) => {
    const whole = new Float64Array(sums[0].length);
    seen.forEach((j, i) => {
      whole[j] = direction[i]!;
    });
    return whole;
  });
  const df = sums[0].length - 1 - directions.length;
  const noise = noiseAt(now, before, df, rest);
  return fSf(temperedPearson(...sums, noise.variance, placed) / df, noise.df, noise.freedom);
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

function sumGroups(counts: ArrayLike<number>, groups: number[][]): number[] {
  const sums: number[] = [];
  for (const group of groups) {
    let sum = 0;
    for (const j of group) sum += counts[j]!;
    sums.push(sum);
  }
  return sums;
}

/**
 * One-sided test that a rate rose (or fell): p = P(Y ≤ X), Y ~ Beta(k, n − k + 1), whose tail is the binomial's, and X ~ the window's rate if
 * nothing changed, Beta(M(K + 1)/N, M(N − K)/N) with 1/M = 1/N + (1 + Σw²)ρ. Without spread this is Fisher's exact test, right for no hits at
 * all; with it a beta-binomial tail. Widened from the normal to Student's law with the dispersion's degrees of freedom. A baseline
 * without hits tells nothing of their spread: they are taken as independent. `like` are chunks whose spread is taken where those of the baseline are not known;
 * of parts of data without time (`timeless`) a larger window has a part of it (see compareMeans).
 */
export function compareRate(
  current: Hits,
  chunks: Hits[],
  direction: 'above' | 'below',
  { like = chunks, timeless = false }: { like?: Hits[]; timeless?: boolean } = {},
): RateComparison {
  const filled = chunks.filter(({ rows }) => rows > 0);
  const rows = filled.reduce((sum, chunk) => sum + chunk.rows, 0);
  const hits = filled.reduce((sum, chunk) => sum + chunk.hits, 0);
  const expected = rows > 0 ? hits / rows : Number.NaN;
  if (!(rows > 0 && current.rows > 0)) return { pValue: null, expected, dispersion: 1 };
  const spread = hits > 0 && hits < rows ? spreadOfRates(like) : null;
  const sizes = like.flatMap((part) => (part.rows > 0 ? part.rows : []));
  const carried = partOfSpread(current.rows, sizes, timeless);
  const noise = noiseAt(current.rows, rows, 1, spread, carried);
  const [seen, known] = direction === 'above' ? [current.hits, hits] : [current.rows - current.hits, rows - hits];
  const between = spread === null ? 0 : spread.trace * (carried + spread.concentration);
  const p = exceedance(seen, current.rows, known, rows, 1 / (1 + rows * between));
  const widened = spread === null ? p : studentTSf(-normalQuantile(p), noise.freedom);
  return { pValue: Math.max(p, widened), expected, dispersion: noise.dispersion };
}

/** Null of fewer than 10 chunks, and of those with no hits or with nothing else. */
function spreadOfRates(chunks: Hits[]): Dispersion | null {
  const filled = chunks.filter(({ rows }) => rows > 0);
  const rows = filled.reduce((sum, chunk) => sum + chunk.rows, 0);
  const rate = filled.reduce((sum, chunk) => sum + chunk.hits, 0) / rows;
  if (filled.length < MINIMUM_CHUNKS || !(rate > 0 && rate < 1)) return null;
  return estimateDispersion(
    filled.map(({ hits, rows }) => [hits, rows - hits]),
    [rate, 1 - rate],
  );
}

const exceedance = (seen: number, now: number, known: number, before: number, scale: number): number =>
  seen <= 0 || known >= before ? 1 : betaExceedance(seen, now - seen + 1, scale * (known + 1), scale * (before - known));
