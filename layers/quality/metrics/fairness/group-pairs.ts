import type { Interval } from '../../math/intervals/index.ts';
import { wilsonInterval } from '../../math/wilson-interval.ts';
import type { Fraction } from './reading.ts';

/** The largest difference of two groups, or the smallest ratio of one to another. */
export type GapKind = 'difference' | 'ratio';

/** Of more groups, those of the highest and of the lowest rates are compared. */
const MOST_COMPARED = 200;

interface Share {
  share: number;
  low: number;
  high: number;
}

type Pair = [first: number, second: number, gap: Interval];

/** By how much, or which part, every group is above every other. */
function* pairsOf(groups: Fraction[], kind: GapKind, confidence: number): Generator<Pair> {
  const shares = extremes(groups).map(([hits, rows]): Share => {
    const [low, high] = wilsonInterval(hits, rows, confidence);
    return { share: hits / rows, low, high };
  });
  const gapOf = kind === 'difference' ? differenceGap : ratioGap;
  for (const [i, first] of shares.entries()) {
    for (const [j, second] of shares.entries()) if (i !== j) yield [i, j, gapOf(first, second)];
  }
}

/** The largest lower end and the largest upper end of every group's gap to every other. */
export function widestGap(groups: Fraction[], kind: GapKind, confidence: number): Interval {
  let [low, high] = [-1, 0];
  for (const [, , [from, to]] of pairsOf(groups, kind, confidence)) {
    if (from > low) low = from;
    if (to > high) high = to;
  }
  return [low, high];
}

/** Groups that may be the higher, and the lower one, of the pair that is farthest apart. */
export function mostApart(groups: Fraction[], kind: GapKind, gap: number, confidence: number): { highs: Set<number>; lows: Set<number> } {
  const reaching = [...pairsOf(groups, kind, confidence)].filter(([, , [, to]]) => to >= gap);
  return { highs: new Set(reaching.map(([first]) => first)), lows: new Set(reaching.map(([, second]) => second)) };
}

function extremes(groups: Fraction[]): Fraction[] {
  if (groups.length <= MOST_COMPARED) return groups;
  const ascending = [...groups].sort(([a, n], [b, m]) => a / n - b / m);
  return [...ascending.slice(0, MOST_COMPARED / 2), ...ascending.slice(-MOST_COMPARED / 2)];
}

/** By how much the first is higher: Newcombe's interval (see newcombeDifference). */
function differenceGap(first: Share, second: Share): Interval {
  const difference = first.share - second.share;
  return [
    difference - Math.hypot(first.share - first.low, second.high - second.share),
    difference + Math.hypot(first.high - first.share, second.share - second.low),
  ];
}

/** By which part of the first the second is lower: 1 less the ends of their ratio, from the ends of either. Everything is open where the first may be 0. */
function ratioGap(first: Share, second: Share): Interval {
  const product = first.share * second.share;
  const root = (a: number, b: number): number =>
    Math.sqrt(Math.max(0, product * product - a * b * (2 * second.share - a) * (2 * first.share - b)));
  const [most, least] = [first.high * (2 * first.share - first.high), first.low * (2 * first.share - first.low)];
  const largest = least > 0 ? (product + root(second.high, first.low)) / least : Number.POSITIVE_INFINITY;
  const smallest = first.share > 0 ? (product - root(second.low, first.high)) / most : 0;
  return [1 - largest, 1 - Math.max(0, smallest)];
}

/** Groups of as many rows with the share of all of them together. */
export function alike(groups: Fraction[]): Fraction[] {
  const [part, whole] = groups.reduce(([parts, wholes], [hits, rows]) => [parts + hits, wholes + rows]);
  return groups.map(([, rows]) => [(rows * part) / whole, rows]);
}
