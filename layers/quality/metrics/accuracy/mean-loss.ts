import { NO_ROWS, noValue, type Outcome } from '../outcome.ts';
import { bounded } from './bounded.ts';
import { NOT_PROBABILITIES } from './found.ts';
import { areProbabilities, highOf, labelWeights, lowOf, type ScoredCounts } from './scored-counts.ts';

/**
 * Weighted mean of a loss that falls with the score of a positive row and is loss(1 − score) of a negative one. In a merged bin the loss at its
 * mean stands for all; `error` goes to the worse of all rows at their bin's dearest and all at its cheapest end.
 */
export function meanLoss(counts: ScoredCounts, ofPositive: (score: number) => number, ofNegative: (score: number) => number): Outcome {
  const { all } = labelWeights(counts);
  if (!(all > 0)) return noValue(NO_ROWS);
  if (!areProbabilities(counts)) return noValue(NOT_PROBABILITIES);
  let value = 0;
  let most = 0;
  let least = 0;
  for (let i = 0; i < counts.scores.length; i++) {
    const positive = counts.positives[i]!;
    const negative = counts.negatives[i]!;
    // Of millions of scores each is of one label: its loss of the other is not worth a logarithm.
    value += (positive > 0 ? positive * ofPositive(counts.scores[i]!) : 0) + (negative > 0 ? negative * ofNegative(counts.scores[i]!) : 0);
    if (counts.lows === undefined) continue;
    most += positive * ofPositive(lowOf(counts, i)) + negative * ofNegative(highOf(counts, i));
    least += positive * ofPositive(highOf(counts, i)) + negative * ofNegative(lowOf(counts, i));
  }
  return bounded(counts, value / all, Math.max(most - value, value - least) / all);
}
