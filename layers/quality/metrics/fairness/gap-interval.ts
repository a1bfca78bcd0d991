import type { Interval } from '../../math/intervals/index.ts';
import { normalCdf } from '../../math/normal.ts';
import { normalQuantile } from '../../math/normal-quantile.ts';
import { normalControlQuantile, normalRangeQuantile, normalSpanQuantile } from '../../math/normal-range.ts';
import { alike, type GapKind, MOST_COMPARED, mostApart, spreadOf, widestGap } from './group-pairs.ts';
import type { Fraction } from './reading.ts';

/**
 * Interval of the largest gap between groups, over one rate or the worse of several (`rates`: by rate, a fraction a group). The two that are farthest
 * apart were chosen for it: groups that are alike never look so, and drawn anew they lie further apart still. The upper end is the largest of
 * all pairs' (Newcombe's of differences, Donner and Zou's of ratios, both of Wilson's intervals). The lower end is parity unless one of intervals that hold
 * for all pairs together is above it (the range of as many normals, after Tukey and Kramer); then the largest of intervals that hold together for the pairs that
 * may be the farthest apart, which are those whose own interval reaches what such a range leaves of the largest gap in every second table: the gap that was
 * found is too large, as it was chosen. Of several rates that may be the worst, each holds at the root of the confidence. Where many pairs are as far apart the
 * lower end misses the truth in about 5 % and the upper end hardly ever, where one is in 2.5 % each. Up to where the upper end of groups alike lies, no interval can
 * lie below the truth, and the lower end leaves out all 5 % (as in lowerEnd) of groups in two clusters: only pairs across count, and in one direction. Held by the
 * value; null where no two groups have rows.
 * Tukey (1953); Dunnett (1955); Kramer (1956), doi:10.2307/3001469; Donner & Zou (2012), doi:10.1177/0962280210383978; on the largest of several bounds Chernozhukov, Lee & Rosen (2013), doi:10.3982/ECTA8718.
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
  const ofAll = largestLow(rates, kind, confidence, normalRangeQuantile);
  if (ofAll <= 0) return 0;
  const about = Math.min(gap, largestLow(rates, kind, 0.5, normalRangeQuantile));
  const worst = rates.filter((groups) => groups.length > MOST_COMPARED || mostApart(groups, kind, about, OF_RATES).highs.size > 0);
  const nearParity = Math.min(largestLow(worst, kind, confidence, clustersQuantile), highest(rates.map(alike), kind, confidence));
  return Math.max(ofAll, nearParity, lowOfFarthest(worst, kind, about, confidence));
}

/** The largest lower end of all pairs' intervals, which hold together by the quantile of how far apart so many normals may be. */
function largestLow(
  rates: Fraction[][],
  kind: GapKind,
  confidence: number,
  quantile: (probability: number, groups: number) => number,
): number {
  const each = confidence ** (1 / rates.length);
  return Math.max(...rates.map((groups) => widestGap(groups, kind, twoSided(quantile(each, groups.length)))[0]));
}

/** Of groups in two clusters, the halves of them: of so many the split that leaves the most pairs as far apart. */
const clustersQuantile = (probability: number, groups: number): number =>
  normalSpanQuantile(probability, Math.ceil(groups / 2), Math.floor(groups / 2));

/** Confidence of the intervals by which pairs are chosen, and rates, of which one left out costs more; by coverage (docs/verdicts.md). */
const [OF_PAIRS, OF_RATES] = [0.35, 0.8];

/** The same, of the pairs that may be the farthest apart alone: those whose interval reaches what the largest gap is about. */
function lowOfFarthest(rates: Fraction[][], kind: GapKind, about: number, confidence: number): number {
  const each = confidence ** (1 / rates.length);
  const reaching = rates
    .filter((groups) => groups.length <= MOST_COMPARED)
    .map((groups) => ({ groups, ...mostApart(groups, kind, about, OF_PAIRS) }))
    .filter(({ highs, lows }) => highs.size > 0 && lows.size > 0);
  const coverageOf = (apart: (typeof reaching)[number]): number => Math.max(confidence, twoSided(spanOf(apart, kind, each)));
  return Math.max(...reaching.map((apart) => widestGap(apart.groups, kind, coverageOf(apart))[0]));
}

interface Apart {
  groups: Fraction[];
  highs: Set<number>;
  lows: Set<number>;
}

/**
 * How far apart as many normals may be, where some may be the highest and some the lowest. One against others counts as unsure as each of them is; of
 * several on both sides, where one side's vary little, the other's are all that counts, and independent.
 */
function spanOf({ groups, highs, lows }: Apart, kind: GapKind, probability: number): number {
  const all = new Set([...highs, ...lows]).size;
  if (all < highs.size + lows.size) return normalRangeQuantile(probability, all);
  const [few, most] = highs.size < lows.size ? [highs, lows] : [lows, highs];
  if (few.size === 1) {
    const [one, others] = [few, most].map((of) => [...of].map((at) => spreadOf(groups[at]!, kind)).sort((a, b) => a - b));
    return Math.SQRT2 * normalControlQuantile(probability, one![0]!, others!);
  }
  return Math.max(normalSpanQuantile(probability, highs.size, lows.size), Math.SQRT2 * normalQuantile(probability ** (1 / most.size)));
}

/** The confidence at which an interval of a difference of two normals reaches as far as they may be apart. */
const twoSided = (range: number): number => 2 * normalCdf(range / Math.SQRT2) - 1;
