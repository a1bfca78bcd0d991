import { NO_ROWS, noValue, type Outcome } from '../outcome.ts';
import { NOT_PROBABILITIES } from './found.ts';
import { areProbabilities, highOf, labelWeights, lowOf, once, type ScoredCounts } from './scored-counts.ts';

const scoreSum = once(({ scores, positives, negatives }) => {
  let sum = 0;
  for (let i = 0; i < scores.length; i++) sum += scores[i]! * (positives[i]! + negatives[i]!);
  return sum;
});

/** Weighted mean score, to be held against the base rate. Exact for merged bins, which keep means; null without rows. */
export function meanScore(counts: ScoredCounts): Outcome {
  const { all } = labelWeights(counts);
  return all > 0 ? { value: scoreSum(counts) / all } : noValue(NO_ROWS);
}

/**
 * Positives that came over positives that the scores promise, Σ w·label ÷ Σ w·score: calibration in the large, 1 when the scores are right on average. Range
 * [0, ∞); exact for merged bins of labelled rows; where a bin's mean counts others too, the `error` goes to the least and the most that its labelled ones may
 * promise. Null without rows, with scores outside 0 to 1, and where nothing was promised, or may have been none. Steyerberg (2019), Clinical Prediction Models, 15.
 */
export function observedOverExpected(counts: ScoredCounts): Outcome {
  const { all, positives } = labelWeights(counts);
  if (!(all > 0)) return noValue(NO_ROWS);
  if (!areProbabilities(counts)) return noValue(NOT_PROBABILITIES);
  const promised = scoreSum(counts);
  if (!(promised > 0)) return noValue('the scores promise no positive labels');
  const [least, most] = counts.others === undefined ? [promised, promised] : promisedBounds(counts, counts.others);
  if (!(least > 0)) return noValue('scores of labelled rows are not told from those of others');
  const value = positives / promised;
  return most > least ? { value, error: Math.max(positives / least - value, value - positives / most) } : { value };
}

/** The least and the most that labelled rows promise, where the mean of a bin is also of others, each anywhere between its bin's ends. */
function promisedBounds(counts: ScoredCounts, others: ArrayLike<number>): [least: number, most: number] {
  let [least, most] = [0, 0];
  for (let i = 0; i < counts.scores.length; i++) {
    const [labelled, unlabelled] = [counts.positives[i]! + counts.negatives[i]!, others[i]!];
    const all = counts.scores[i]! * (labelled + unlabelled);
    const alone = unlabelled === 0;
    least += alone ? all : Math.max(labelled * lowOf(counts, i), all - unlabelled * highOf(counts, i));
    most += alone ? all : Math.min(labelled * highOf(counts, i), all - unlabelled * lowOf(counts, i));
  }
  return [least, most];
}

/** Σ of (label − r·score)², by how much each row moves a ratio r: its sampling variance is this ÷ (Σ w·score)², of rows of equal weight. */
export function ratioSquares({ scores, positives, negatives }: ScoredCounts, ratio: number): number {
  let sum = 0;
  for (let i = 0; i < scores.length; i++) {
    const promised = ratio * scores[i]!;
    sum += positives[i]! * (1 - promised) ** 2 + negatives[i]! * promised ** 2;
  }
  return sum;
}
