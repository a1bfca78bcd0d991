import { noValue, type Outcome } from '../outcome.ts';
import { descending, rowsAt, type ScoredRows } from './scored-rows.ts';

/**
 * Expected ROC AUC: the share of pairs of an expected positive (p) and an expected negative (1 − p) that the score ranks rightly, ties of the
 * score one half. Range [0, 1]; null without expected positives or negatives. NannyML 0.13 rounds its sums to 5 decimals first, this does not.
 */
export function expectedRocAuc(cells: ScoredRows): Outcome {
  const { scores, probabilities } = cells;
  const order = descending(cells);
  let [positives, negatives, pairs] = [0, 0, 0];
  for (let from = 0; from < order.length; ) {
    let [tiedPositives, tiedNegatives] = [0, 0];
    let to = from;
    for (; to < order.length && scores[order[to]!] === scores[order[from]!]; to++) {
      const p = probabilities[order[to]!]!;
      tiedPositives += p * rowsAt(cells, order[to]!);
      tiedNegatives += (1 - p) * rowsAt(cells, order[to]!);
    }
    pairs += tiedNegatives * (positives + tiedPositives / 2);
    positives += tiedPositives;
    negatives += tiedNegatives;
    from = to;
  }
  if (!(positives > 0)) return noValue('no positive rows');
  if (!(negatives > 0)) return noValue('no negative rows');
  return { value: pairs / positives / negatives };
}
