import type { ColumnSide } from '../profile/column-side.ts';
import { binSums } from '../states/cuts.ts';
import { Double, type Written } from './json-text.ts';

const BUCKETS = 10;
/** Deequ's parameters of the sketch, as Model Monitor writes them. */
const SIZE = 2048;
const SHRINKING = 0.64;

/** Values between two neighbouring cuts: start ≤ x < end, the last one closed. */
interface Bin {
  start: number;
  end: number;
  count: number;
  mean: number;
}

/** The bins that hold values, within minimum and maximum. */
function binsOf({ cuts, context, extremes }: ColumnSide): Bin[] {
  const edges = context.edges ?? new Float64Array(0);
  const { minimum, maximum } = extremes!;
  const sums = binSums(cuts!, edges);
  const bins: Bin[] = [];
  for (let i = 0; i < cuts!.counts.length; i++) {
    const count = cuts!.counts[i]!;
    if (count === 0) continue;
    const start = i === 0 ? minimum : Math.max(minimum, edges[i - 1]!);
    const end = i === edges.length ? maximum : Math.min(maximum, edges[i]!);
    const single = end - start <= Math.abs(end) * 3e-16;
    const mean = sums[i]! / count;
    const middle = Number.isNaN(mean) ? start / 2 + end / 2 : Math.min(end, Math.max(start, mean));
    bins.push({ start, end, count, mean: single ? start : middle });
  }
  return bins;
}

/** Values below `bound`: those of whole bins, and of the bin it lies in the part that a straight line gives. */
function below(bins: Bin[], bound: number): number {
  let rank = 0;
  for (const { start, end, count, mean } of bins) {
    if (start >= bound) break;
    if (end <= bound) rank += count;
    else if (count === 1) rank += mean < bound ? 1 : 0;
    // Halves, since what lies between two doubles may be more than a double holds.
    else rank += count * ((bound / 2 - start / 2) / (end / 2 - start / 2));
  }
  return Math.round(rank);
}

/** Lower bound of each bucket, and the maximum: minimum + i (maximum − minimum) / 10, as Deequ computes it. */
function boundsOf(minimum: number, maximum: number): number[] {
  const width = maximum - minimum;
  return Array.from({ length: BUCKETS + 1 }, (_, i) => {
    if (i === BUCKETS) return maximum;
    return Number.isFinite(width) ? minimum + (width * i) / BUCKETS : minimum * (1 - i / BUCKETS) + maximum * (i / BUCKETS);
  });
}

/** Ten buckets of equal width. A bin of the cuts that lies across a bound is shared out along a straight line: off by less than what it holds. */
function bucketsOf(bins: Bin[], minimum: number, maximum: number): Written[] {
  const bounds = boundsOf(minimum, maximum);
  const total = bins.reduce((sum, { count }) => sum + count, 0);
  const ranks = bounds.map((bound, i) => (i === BUCKETS ? total : i === 0 ? 0 : below(bins, bound)));
  return Array.from({ length: BUCKETS }, (_, i) => ({
    lower_bound: new Double(bounds[i]!),
    upper_bound: new Double(bounds[i + 1]!),
    count: new Double(ranks[i + 1]! - ranks[i]!),
  }));
}

/**
 * A sketch that Deequ can take up: every bin by its mean, as often as it holds values. Values on level h stand for 2^h of them, so that a bin is on
 * the levels of its count's binary digits; as many values as the sketch holds at most are all on the first, as Deequ has them.
 */
function levelsOf(bins: Bin[]): Written[] {
  const total = bins.reduce((sum, { count }) => sum + count, 0);
  if (total <= SIZE) return [bins.flatMap(({ count, mean }) => Array.from({ length: count }, () => new Double(mean)))];
  const levels: Double[][] = [];
  for (const { count, mean } of bins)
    for (let level = 0, rest = count; rest > 0; level++, rest = Math.floor(rest / 2)) {
      while (levels.length <= level) levels.push([]);
      if (rest % 2 === 1) levels[level]!.push(new Double(mean));
    }
  return levels;
}

/** The distribution of a column's finite values. */
export function kllOf(side: ColumnSide): Written {
  const bins = binsOf(side);
  const { minimum, maximum } = side.extremes!;
  return {
    buckets: bucketsOf(bins, minimum, maximum),
    sketch: { parameters: { c: new Double(SHRINKING), k: new Double(SIZE) }, data: levelsOf(bins) },
  };
}
