import { NO_ROWS } from '../outcome.ts';
import { type Found, NOT_PROBABILITIES } from './found.ts';
import { type BinOf, TENTHS } from './reliability-bins.ts';
import { areProbabilities, once, type ScoredCounts } from './scored-counts.ts';

/** One bin of a reliability diagram: its number, weight, mean score and share of positives. */
export interface ReliabilityBin {
  bin: number;
  weight: number;
  meanScore: number;
  eventRate: number;
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
  const { scores } = counts;
  if (scores.length === 0) return { value: null, reason: NO_ROWS };
  if (!areProbabilities(counts)) return { value: null, reason: NOT_PROBABILITIES };
  const bins: ReliabilityBin[] = [];
  for (let from = 0, to = 0; from < scores.length; from = to) {
    const bin = binOf(scores[from]!, from);
    to = endOf(from, scores.length, (entry) => binOf(scores[entry]!, entry) === bin);
    const found = sumsOf(counts, bin, from, to);
    if (found.weight > 0) bins.push(found);
  }
  return { value: bins };
}

/** Where a run of entries that begins at `from` ends, by steps twice as long each and then halved: bins may hold millions of entries, or one. */
function endOf(from: number, length: number, within: (entry: number) => boolean): number {
  let [inside, step] = [from, 1];
  while (inside + step < length && within(inside + step)) {
    inside += step;
    step *= 2;
  }
  for (; step >= 1; step /= 2) if (inside + step < length && within(inside + step)) inside += step;
  return inside + 1;
}

/** Of the entries of one bin. */
function sumsOf(counts: ScoredCounts, bin: number, from: number, to: number): ReliabilityBin {
  const { scores, positives, negatives } = counts;
  let [weight, sum, hits] = [0, 0, 0];
  for (let i = from; i < to; i++) {
    const here = positives[i]! + negatives[i]!;
    weight += here;
    sum += here * scores[i]!;
    hits += positives[i]!;
  }
  return { bin, weight, meanScore: sum / weight, eventRate: hits / weight };
}
