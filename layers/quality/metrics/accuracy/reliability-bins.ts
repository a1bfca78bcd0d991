import { lowOf, type ScoredCounts } from './scored-counts.ts';

/** The number of the bin in which a score falls; `entry` is its place in the counts. */
export type BinOf = (score: number, entry: number) => number;

/** How many ascending edges lie below a score, or at or below it. */
function edgesBelow(edges: ArrayLike<number>, score: number, orAt: boolean): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (orAt ? edges[middle]! <= score : edges[middle]! < score) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Bins of equal width over 0 to 1, edges the doubles i/count. `closed` left: [i/count, (i + 1)/count), the last one closed on both ends; right:
 * (i/count, (i + 1)/count], the first one closed (Guo et al. 2017, scikit-learn's calibration_curve). Scores of two decimals tell them apart.
 */
export function equalWidth(count = 10, closed: 'left' | 'right' = 'left'): BinOf {
  const edges = Array.from({ length: count - 1 }, (_, i) => (i + 1) / count);
  return (score) => edgesBelow(edges, score, closed === 'left');
}

/** Ten of equal width, closed on the left: one function, so that what is made of them is made once. */
export const TENTHS = equalWidth();

/**
 * Bins of about equal weight that never part equal scores: (a, b] between the distinct quantiles i/count of the scores (linear, type 7, weights
 * as numbers of rows); may be fewer than `count`. Of merged bins the quantiles are those of their means.
 */
export function equalMass(counts: ScoredCounts, count = 10): BinOf {
  const weights = Array.from(counts.positives, (weight, i) => weight + counts.negatives[i]!);
  const last = Math.max(0, weights.reduce((sum, weight) => sum + weight, 0) - 1);
  const edges = new Set<number>();
  let entry = 0;
  let below = 0;
  for (let i = 1; i < count && weights.length > 0; i++) {
    const rank = last * (i / count);
    const whole = Math.floor(rank);
    while (entry < weights.length - 1 && below + weights[entry]! <= whole) below += weights[entry++]!;
    const next = below + weights[entry]! > whole + 1 ? entry : Math.min(entry + 1, weights.length - 1);
    edges.add(counts.scores[entry]! + (rank - whole) * (counts.scores[next]! - counts.scores[entry]!));
  }
  const sorted = Float64Array.from(edges).sort();
  return (score) => edgesBelow(sorted, score, false);
}

/**
 * Entries cut in `count` runs whose sizes differ by at most one, the longer first. Meant for one entry a row in order of score (not folded by
 * distinct score): it parts equal scores and so depends on the order of rows; here to compare with tools that bin so.
 */
export function equalRows(entries: number, count = 10): BinOf {
  const size = Math.floor(entries / count);
  const longer = (entries % count) * (size + 1);
  return (_, entry) => (entry < longer ? Math.floor(entry / (size + 1)) : (entries % count) + Math.floor((entry - longer) / size));
}

/** Every entry a bin of its own. */
export const eachEntry: BinOf = (_, entry) => entry;

/** Whether the rows of an entry of merged scores may fall in more than one bin. */
export const straddles = (counts: ScoredCounts, entry: number, binOf: BinOf): boolean =>
  counts.highs !== undefined && binOf(lowOf(counts, entry), entry) !== binOf(counts.highs[entry]!, entry);
