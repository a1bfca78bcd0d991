import type { Interval } from '../../math/intervals/index.ts';
import { normalCdf } from '../../math/normal.ts';
import { normalRangeQuantile } from '../../math/normal-range.ts';
import { wilsonInterval } from '../../math/wilson-interval.ts';
import type { Fraction } from './reading.ts';

/** The largest difference of two groups, or the smallest ratio of one to another. */
export type GapKind = 'difference' | 'ratio';

/** Of more groups, those of the highest and of the lowest rates are compared. */
const MOST_COMPARED = 200;

/**
 * Interval of the largest gap between groups, over one rate or the worse of several (`rates`: by rate, a fraction a group). The two that are farthest
 * apart were chosen for it: groups that are alike never look so, and drawn anew they lie further apart still. The upper end is the largest of
 * all pairs' (Newcombe's of differences, Donner and Zou's of ratios, both of Wilson's intervals); the lower end the largest of intervals that hold for all pairs
 * together (the range of as many normals, after Tukey and Kramer; of several rates, each at the root of the confidence), and parity where none
 * is above it. Up to where the upper end of groups alike lies, no interval can lie below the truth, and the lower end leaves out all 5 % (as in
 * lowerEnd). So it holds the truth in at least 95 %: in 95 of groups alike, in more where several are as far apart. Held by the value; null where no two
 * groups have rows. Tukey (1953); Kramer (1956), doi:10.2307/3001469; Donner & Zou (2012), doi:10.1177/0962280210383978.
 */
export function gapInterval(rates: Fraction[][], kind: GapKind, value: number, confidence = 0.95): Interval | null {
  const shown = rates.map((groups) => groups.filter(([, rows]) => rows > 0)).filter((groups) => groups.length > 1);
  if (shown.length === 0) return null;
  const gap = kind === 'ratio' ? 1 - value : value;
  const high = highest(shown, kind, confidence);
  const half = lowest(shown, kind, confidence);
  const low =
    half <= 0 ? 0 : Math.max(half, Math.min(lowest(shown, kind, 2 * confidence - 1), highest(shown.map(alike), kind, confidence)));
  const [from, to] = [Math.min(gap, low), Math.max(gap, high)];
  return kind === 'ratio' ? [Math.min(value, 1 - to), Math.max(value, 1 - from)] : [from, to];
}

const highest = (rates: Fraction[][], kind: GapKind, confidence: number): number =>
  Math.max(...rates.map((groups) => widest(groups, kind, confidence)[1]));

function lowest(rates: Fraction[][], kind: GapKind, confidence: number): number {
  const each = confidence ** (1 / rates.length);
  const ofPair = (groups: number): number => 2 * normalCdf(normalRangeQuantile(each, groups) / Math.SQRT2) - 1;
  return Math.max(...rates.map((groups) => widest(groups, kind, ofPair(groups.length))[0]));
}

interface Share {
  share: number;
  low: number;
  high: number;
}

/** The largest lower end and the largest upper end of every group's gap to every other. */
function widest(groups: Fraction[], kind: GapKind, confidence: number): Interval {
  const shares = extremes(groups).map(([hits, rows]): Share => {
    const [low, high] = wilsonInterval(hits, rows, confidence);
    return { share: hits / rows, low, high };
  });
  const gapOf = kind === 'difference' ? differenceGap : ratioGap;
  let [low, high] = [-1, 0];
  for (const [i, first] of shares.entries()) {
    for (const [j, second] of shares.entries()) {
      if (i === j) continue;
      const [from, to] = gapOf(first, second);
      if (from > low) low = from;
      if (to > high) high = to;
    }
  }
  return [low, high];
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
function alike(groups: Fraction[]): Fraction[] {
  const [part, whole] = groups.reduce(([parts, wholes], [hits, rows]) => [parts + hits, wholes + rows]);
  return groups.map(([, rows]) => [(rows * part) / whole, rows]);
}
