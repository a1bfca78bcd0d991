import type { Interval } from '../../math/intervals/index.ts';
import { wilsonInterval } from '../../math/wilson-interval.ts';
import type { Fraction } from './reading.ts';

/** The largest difference of two groups, or the smallest ratio of one to another. */
export type GapKind = 'difference' | 'ratio';

/** Of more groups, not all pairs are compared. */
export const MOST_COMPARED = 200;

interface Share {
  share: number;
  low: number;
  high: number;
}

/** By how much, or which part, every group is above every other. */
function eachPair(
  groups: Fraction[],
  kind: GapKind,
  confidence: number,
  visit: (first: number, second: number, low: number, high: number) => void,
): void {
  const shares = outermost(
    groups.map(([hits, rows]): Share => {
      const [low, high] = wilsonInterval(hits, rows, confidence);
      return { share: hits / rows, low, high };
    }),
  );
  const gapOf = kind === 'difference' ? differenceGap : ratioGap;
  for (let i = 0; i < shares.length; i++) {
    for (let j = 0; j < shares.length; j++) {
      if (i === j) continue;
      const [low, high] = gapOf(shares[i]!, shares[j]!);
      visit(i, j, low, high);
    }
  }
}

/** Of many groups those whose intervals begin or end the highest or the lowest, the others being within; whatever their order. */
function outermost(shares: Share[]): Share[] {
  if (shares.length <= MOST_COMPARED) return shares;
  const ends = (['low', 'high'] as const).flatMap((end) => {
    const ascending = [...shares].sort((a, b) => a[end] - b[end] || a.share - b.share);
    return [...ascending.slice(0, MOST_COMPARED / 4), ...ascending.slice(-MOST_COMPARED / 4)];
  });
  return [...new Set(ends)];
}

/** The largest lower end and the largest upper end of every group's gap to every other. */
export function widestGap(groups: Fraction[], kind: GapKind, confidence: number): Interval {
  let [lowest, highest] = [-1, 0];
  eachPair(groups, kind, confidence, (_, __, low, high) => {
    if (low > lowest) lowest = low;
    if (high > highest) highest = high;
  });
  return [lowest, highest];
}

/** Groups that may be the higher, and the lower one, of the pair that is farthest apart: of pairs whose interval reaches so far. */
export function mostApart(groups: Fraction[], kind: GapKind, about: number, confidence: number): { highs: Set<number>; lows: Set<number> } {
  const [highs, lows] = [new Set<number>(), new Set<number>()];
  eachPair(groups, kind, confidence, (first, second, _, high) => {
    if (high < about || groups[first]![0] === 0) return;
    highs.add(first);
    lows.add(second);
  });
  return { highs, lows };
}

/** How unsure a group's share is beside the others': the length of Wilson's interval, of ratios relative to its middle. */
export function spreadOf([hits, rows]: Fraction, kind: GapKind): number {
  const [low, high] = wilsonInterval(hits, rows);
  return kind === 'ratio' ? (high - low) / (high + low) : high - low;
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
