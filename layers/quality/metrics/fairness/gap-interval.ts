import type { Interval } from '../../math/intervals/index.ts';
import { normalCdf } from '../../math/normal.ts';
import { normalQuantile } from '../../math/normal-quantile.ts';
import { normalRangeQuantile, normalSpanQuantile } from '../../math/normal-range.ts';
import { alike, type GapKind, MOST_COMPARED, mostApart, widestGap } from './group-pairs.ts';
import type { Fraction } from './reading.ts';

/**
 * Interval of the largest gap between groups, over one rate or the worse of several (`rates`: by rate, a fraction a group). The two that are farthest
 * apart were chosen for it: groups that are alike never look so, and drawn anew they lie further apart still. The upper end is the largest of
 * all pairs' (Newcombe's of differences, Donner and Zou's of ratios, both of Wilson's intervals). The lower end is parity unless one of intervals that hold
 * for all pairs together is above it (the range of as many normals, after Tukey and Kramer); then the largest of intervals that hold together for the pairs that
 * may be the farthest apart, which are those whose own interval reaches what such a range leaves of the largest gap in every second table: the gap that was
 * found is too large, as it was chosen. Of several rates that do, each holds at the root of the confidence. Where many pairs are as far apart the lower end misses
 * the truth in about 5 % and the upper end hardly ever, where one is in 2.5 % each. Up to where the upper end of groups alike lies, no interval can lie below the
 * truth, and the lower end leaves out all 5 % (as in lowerEnd). Held by the value; null where no two groups have rows.
 * Tukey (1953); Kramer (1956), doi:10.2307/3001469; Donner & Zou (2012), doi:10.1177/0962280210383978; on the largest of several bounds Chernozhukov, Lee & Rosen (2013), doi:10.3982/ECTA8718.
 */
export function gapInterval(rates: Fraction[][], kind: GapKind, value: number, confidence = 0.95): Interval | null {
  const shown = rates.map((groups) => groups.filter(([, rows]) => rows > 0)).filter((groups) => groups.length > 1);
  if (shown.length === 0) return null;
  const gap = kind === 'ratio' ? 1 - value : value;
  const high = highest(shown, kind, confidence);
  const [from, to] = [Math.min(gap, lowest(shown, kind, gap, confidence)), Math.max(gap, high)];
  return kind === 'ratio' ? [Math.min(value, 1 - to), Math.max(value, 1 - from)] : [from, to];
}

const highest = (rates: Fraction[][], kind: GapKind, confidence: number): number =>
  Math.max(...rates.map((groups) => widestGap(groups, kind, confidence)[1]));

function lowest(rates: Fraction[][], kind: GapKind, gap: number, confidence: number): number {
  const ofAll = largestLow(rates, kind, confidence);
  if (ofAll <= 0) return 0;
  const nearParity = Math.min(largestLow(rates, kind, 2 * confidence - 1), highest(rates.map(alike), kind, confidence));
  return Math.max(ofAll, nearParity, lowOfFarthest(rates, kind, Math.min(gap, largestLow(rates, kind, 0.5)), confidence));
}

/** The largest lower end of all pairs' intervals, which hold together. */
function largestLow(rates: Fraction[][], kind: GapKind, confidence: number): number {
  const each = confidence ** (1 / rates.length);
  return Math.max(...rates.map((groups) => widestGap(groups, kind, twoSided(normalRangeQuantile(each, groups.length)))[0]));
}

/** Confidence of the intervals by which pairs are chosen; by coverage (docs/verdicts.md). */
const SLACK = 0.35;

/** The same, of the pairs that may be the farthest apart alone: those whose interval reaches what the largest gap is about. */
function lowOfFarthest(rates: Fraction[][], kind: GapKind, about: number, confidence: number): number {
  const reaching = rates
    .filter((groups) => groups.length <= MOST_COMPARED)
    .map((groups) => ({ groups, ...mostApart(groups, kind, about, SLACK) }))
    .filter(({ highs, lows }) => highs.size > 0 && lows.size > 0);
  const each = confidence ** (1 / reaching.length);
  return Math.max(
    ...reaching.map(({ groups, highs, lows }) => widestGap(groups, kind, Math.max(confidence, twoSided(spanOf(highs, lows, each))))[0]),
  );
}

/** How far apart as many normals may be, where some may be the highest and some the lowest. Where one side's vary little, the other's are all that counts, and independent. */
function spanOf(highs: Set<number>, lows: Set<number>, probability: number): number {
  const all = new Set([...highs, ...lows]).size;
  if (all < highs.size + lows.size) return normalRangeQuantile(probability, all);
  const most = Math.max(highs.size, lows.size);
  return Math.max(normalSpanQuantile(probability, highs.size, lows.size), Math.SQRT2 * normalQuantile(probability ** (1 / most)));
}

/** The confidence at which an interval of a difference of two normals reaches as far as they may be apart. */
const twoSided = (range: number): number => 2 * normalCdf(range / Math.SQRT2) - 1;
