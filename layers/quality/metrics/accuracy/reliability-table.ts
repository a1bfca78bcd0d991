import { NO_ROWS } from '../outcome.ts';
import { type Found, NOT_PROBABILITIES } from './found.ts';
import { type BinOf, TENTHS } from './reliability-bins.ts';
import { areProbabilities, highOf, lowOf, once, type ScoredCounts } from './scored-counts.ts';

/** One bin of a reliability diagram: its number, weight, mean score, share of positives, and the range of its scores. */
export interface ReliabilityBin {
  bin: number;
  weight: number;
  meanScore: number;
  eventRate: number;
  low: number;
  high: number;
}

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
  const bins: ReliabilityBin[] = [];
  let [bin, weight, scores, positives, low, high] = [Number.NaN, 0, 0, 0, 0, 0];
  const end = (): void =>
    void (weight > 0 && bins.push({ bin, weight, meanScore: scores / weight, eventRate: positives / weight, low, high }));
  for (let i = 0; i < counts.scores.length; i++) {
    const here = counts.positives[i]! + counts.negatives[i]!;
    if (here === 0) continue;
    const score = counts.scores[i]!;
    const number = binOf(score, i);
    if (number !== bin) {
      end();
      [bin, weight, scores, positives, low] = [number, 0, 0, 0, lowOf(counts, i)];
    }
    weight += here;
    scores += here * score;
    positives += counts.positives[i]!;
    high = highOf(counts, i);
  }
  end();
  return { value: bins };
}
