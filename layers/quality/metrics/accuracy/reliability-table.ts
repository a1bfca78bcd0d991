import { NO_ROWS } from '../outcome.ts';
import { type Found, NOT_PROBABILITIES } from './found.ts';
import { type BinOf, TENTHS } from './reliability-bins.ts';
import { areProbabilities, once, type ScoredCounts } from './scored-counts.ts';

/** One bin of a reliability diagram: its number, weight, mean score, share of positives, and the range of its scores. */
export interface ReliabilityBin {
  bin: number;
  weight: number;
  meanScore: number;
  eventRate: number;
  low: number;
  high: number;
}

type Sums = Record<'weight' | 'scores' | 'positives' | 'low' | 'high', number>;

/**
 * Reliability table: what scores promise and what happens, by bins of the score (10 of equal width, closed on the left, unless told otherwise).
 * Bins without weight are left out. Entries of merged scores go where their mean goes. Null without rows or with scores outside 0 to 1.
 * Murphy & Winkler (1977); DeGroot & Fienberg (1983).
 */
export function reliabilityTable(counts: ScoredCounts, binOf: BinOf = TENTHS): Found<ReliabilityBin[]> {
  return binOf === TENTHS ? inTenths(counts) : tableOf(counts, binOf);
}

const inTenths = once((counts) => tableOf(counts, TENTHS));

function tableOf(counts: ScoredCounts, binOf: BinOf): Found<ReliabilityBin[]> {
  if (counts.scores.length === 0) return { value: null, reason: NO_ROWS };
  if (!areProbabilities(counts)) return { value: null, reason: NOT_PROBABILITIES };
  const bins = new Map<number, Sums>();
  let last = Number.NaN;
  let current: Sums | undefined;
  for (let i = 0; i < counts.scores.length; i++) {
    const weight = counts.positives[i]! + counts.negatives[i]!;
    if (weight === 0) continue;
    const number = binOf(counts.scores[i]!, i);
    const low = (counts.lows ?? counts.scores)[i]!;
    const sums = number === last ? current! : (bins.get(number) ?? { weight: 0, scores: 0, positives: 0, low, high: low });
    sums.weight += weight;
    sums.scores += weight * counts.scores[i]!;
    sums.positives += counts.positives[i]!;
    sums.high = (counts.highs ?? counts.scores)[i]!;
    if (number !== last) bins.set(number, sums);
    [last, current] = [number, sums];
  }
  const value = [...bins].map(([bin, { weight, scores, positives, low, high }]) => ({
    bin,
    weight,
    meanScore: scores / weight,
    eventRate: positives / weight,
    low,
    high,
  }));
  return { value };
}
