import { normalSf } from '../math/normal.ts';
import { shareVariance } from '../math/share-variance.ts';
import { RATES } from '../metrics/fairness/group-rates.ts';
import { type Favourable, favouredFraction, type GroupCounts, groupRate, type RateName, scaledCounts } from '../metrics/fairness/index.ts';
import { countsStandingForAll } from '../metrics/performance/verification.ts';
import type { Sampled } from './compare-means.ts';
import { gapGrowth } from './gap-growth.ts';
import type { MeasureOptions } from './measure-columns.ts';
import { ONE_SIDED } from './prediction-coverage.ts';
import { thresholdFor } from './thresholds.ts';
import type { Measured } from './verdict.ts';
import { whyApart, whyUnequal } from './why-unequal.ts';

/** A group against the rest of the rows, then and now; `chunks` are the baseline's. Counts are as rows of equal weight. */
export interface GroupEvidence {
  /** As reports name it: `sex=F`. */
  facet: string;
  now: Sides;
  before: Sides | null;
  chunks: Sides[];
  /** Groups the best one was chosen among. */
  groups: number;
  /** The most favoured group of enough rows: what the four-fifths rule compares with; null where the group is it, or there is none. */
  best: GroupCounts | null;
  /** The same of the baseline. */
  bestBefore: GroupCounts | null;
  /** Whether labels came for one prediction more often than for another, unlike in the baseline: the labelled rows of each then stand for all of it. */
  uneven?: boolean;
  /** Whether a positive prediction is the good one. */
  favourable: Favourable;
}

export interface Sides {
  group: GroupCounts;
  rest: GroupCounts;
}

/** Rates whose gap must not grow. */
export const WATCHED_RATES = ['selection_rate', 'true_positive_rate', 'false_positive_rate'] as const satisfies RateName[];
const FOUR_FIFTHS = 0.8;

export const fairnessChecks = (evidence: GroupEvidence, options: MeasureOptions): Measured[] =>
  [fourFifths(evidence, options), ...WATCHED_RATES.map((rate) => gapGrew(rate, evidence, options))].filter((check) => check !== null);

/** What a check of a group is about. */
export const ofGroup = (id: string, metric: string, facet: string): Omit<Measured, 'threshold'> => ({
  ...{ id: `${id}/${facet}`, column: null, metric, factor: 'fairness', bounds: 'value', measurement: null },
  ...{ facet, subject: `group ${facet}` },
});

/**
 * The group's share of favourable predictions over the best group's is below four fifths, and chance does not explain it: a score test of
 * p − ⁴⁄₅·p_best < 0, its p-value times the groups the best was chosen among. Where the baseline was below already it is known, and warns, unless the ratio
 * is below four fifths of what it was there, by more than chance.
 */
function fourFifths(evidence: GroupEvidence, { settings, minimumRows }: MeasureOptions): Measured | null {
  const { now, before, best, bestBefore, groups, favourable } = evidence;
  const threshold = thresholdFor(settings, `four_fifths/${evidence.facet}`, {
    warn: null,
    fail: FOUR_FIFTHS,
    direction: 'below',
    source: 'default',
  });
  if (threshold === null || best === null) return null;
  const check: Measured = { ...ofGroup('four_fifths', 'impact_ratio', evidence.facet), threshold };
  const [hits, rows] = favouredFraction(now.group, favourable);
  const [bestHits, bestRows] = favouredFraction(best, favourable);
  if (rows < minimumRows || bestRows < minimumRows)
    return { ...check, settled: notEnough(evidence.facet, Math.min(rows, bestRows), minimumRows) };
  if (bestHits === 0) return { ...check, settled: { verdict: 'not_applicable', reason: 'no group has favourable predictions' } };
  const bound = threshold.fail ?? threshold.warn ?? FOUR_FIFTHS;
  const [p, q] = [hits / rows, bestHits / bestRows];
  const error = bound > 0 ? Math.sqrt(varianceAtRatio(hits, rows, bestHits, bestRows, bound)) : 0;
  const tail = error > 0 ? normalSf((bound * q - p) / error) : p < bound * q ? 0 : 1;
  const pValue = Math.min(1, Math.max(1, groups - 1) * tail);
  const then = before === null || bestBefore === null ? null : ratioOf(before.group, bestBefore, favourable);
  const known = then !== null &&
    then < bound && {
      known: {
        value: then,
        worse: Math.min(1, Math.max(1, groups - 1) * worseThan(now.group, best, before!.group, bestBefore!, favourable)),
      },
    };
  // Of a ratio that fell it is said what made it fall, not what it was made of before.
  const fell = then !== null && p / q < FOUR_FIFTHS * then;
  const why = () => whyUnequal([now.group, best], fell ? [before!.group, bestBefore!] : null, 'there');
  return { ...check, ...known, measurement: { value: p / q, expected: 1, effect: bound - p / q, pValue }, why };
}

/**
 * Chance of a ratio of shares as far below four fifths of the baseline's, if it is no lower: the difference of their logarithms, normal, with half a row added
 * to each count (Walter 1975), so that no hits are a ratio too.
 */
function worseThan(group: GroupCounts, best: GroupCounts, groupBefore: GroupCounts, bestBefore: GroupCounts, side: Favourable): number {
  const parts = [group, best, groupBefore, bestBefore].map((counts) => {
    const [hits, rows] = favouredFraction(counts, side);
    return { log: Math.log((hits + 0.5) / (rows + 0.5)), variance: Math.max(0, 1 / (hits + 0.5) - 1 / (rows + 0.5)) };
  });
  const [a, b, c, d] = parts.map(({ log }) => log) as [number, number, number, number];
  const deviation = Math.sqrt(parts.reduce((sum, { variance }) => sum + variance, 0));
  return deviation > 0 ? normalSf((c - d + Math.log(FOUR_FIFTHS) - (a - b)) / deviation) : 1;
}

/**
 * Variance of p − R·q where p = R·q: the rates most likely under that (Farrington & Manning 1990, doi:10.1002/sim.4780091208), the root of
 * R(n + m)q² − (x + R·y + R·n + m)q + x + y = 0.
 */
function varianceAtRatio(x: number, n: number, y: number, m: number, ratio: number): number {
  const [a, b, c] = [ratio * (n + m), x + ratio * y + ratio * n + m, x + y];
  const q = (b - Math.sqrt(Math.max(0, b * b - 4 * a * c))) / (2 * a);
  const p = ratio * q;
  return (p * (1 - p)) / n + (ratio * ratio * q * (1 - q)) / m;
}

function ratioOf(group: GroupCounts, best: GroupCounts, side: Favourable): number {
  const [hits, rows] = favouredFraction(group, side);
  const [others, all] = favouredFraction(best, side);
  return rows > 0 && others > 0 ? hits / rows / (others / all) : 1;
}

export const tooLittle = (facet: string) => ({ verdict: 'not_applicable' as const, reason: `${facet}: too little weight to say` });

export const notEnough = (facet: string, rows: number, needed: number) => ({
  verdict: 'not_applicable' as const,
  reason: `${facet}: not enough rows to say (${Math.floor(rows)}, needs ${needed})`,
});

/** The distance between the group's rate and the others' is larger than in the baseline. */
function gapGrew(rate: RateName, evidence: GroupEvidence, { settings, minimumRows, timeless }: MeasureOptions): Measured | null {
  const standing = evidence.uneven === true && rate !== 'selection_rate';
  const [now, before] = [evidence.now, evidence.before].map((sides) => (standing && sides !== null ? standingForAll(sides) : sides));
  const chunks = standing ? evidence.chunks.flatMap((chunk) => standingForAll(chunk) ?? []) : evidence.chunks;
  if (evidence.before === null) return null;
  const threshold = thresholdFor(settings, `fairness_gap/${rate}/${evidence.facet}`, {
    warn: 0.05,
    fail: 0.1,
    direction: 'above',
    source: 'default',
  });
  if (threshold === null) return null;
  const check: Measured = { ...ofGroup(`fairness_gap/${rate}`, `${rate}_difference`, evidence.facet), threshold, bounds: 'effect' };
  if (now == null || before == null) return { ...check, settled: { verdict: 'not_applicable', reason: `${evidence.facet}: ${ONE_SIDED}` } };
  const [current, baseline] = [gapOf(rate, now), gapOf(rate, before)];
  if (current === null || baseline === null) return null;
  const least = Math.min(...[now.group, now.rest].map((counts) => RATES[rate].fraction(counts)[1]));
  if (least < minimumRows) return { ...check, settled: notEnough(evidence.facet, least, minimumRows) };
  const spread = chunks.flatMap((chunk) => gapOf(rate, chunk) ?? []);
  const measurement = gapGrowth(current, baseline, spread, timeless);
  if (measurement === null) return { ...check, settled: tooLittle(evidence.facet) };
  return {
    ...check,
    worseOff: current.value < 0 === (evidence.favourable === 'positive'),
    measurement,
    ...(rate === 'selection_rate'
      ? { why: () => whyUnequal([now.group, now.rest], [before.group, before.rest], 'of the others') }
      : { why: () => whyApart(rate, now, before) }),
  };
}

/** The labelled rows of each prediction standing for all of it, in both groups; null where one has none. */
function standingForAll({ group, rest }: Sides): Sides | null {
  const [of, others] = [countsStandingForAll(group), countsStandingForAll(rest)];
  return of === null || others === null ? null : { group: scaledCounts(of), rest: scaledCounts(others) };
}

function gapOf(rate: RateName, { group, rest }: Sides): Sampled | null {
  const [of, other] = [groupRate(group, rate).value, groupRate(rest, rate).value];
  if (of === null || other === null) return null;
  const variance = (counts: GroupCounts): [number, number] => {
    const [part, whole] = RATES[rate].fraction(counts);
    return [shareVariance(part, whole), whole];
  };
  const [[a, n], [b, m]] = [variance(group), variance(rest)];
  return { value: of - other, variance: a + b, freedom: Math.min(n, m) - 1 };
}
