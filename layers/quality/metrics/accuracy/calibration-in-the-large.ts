import { NO_ROWS, noValue, type Outcome } from '../outcome.ts';
import { NO_POSITIVES } from './found.ts';
import { labelWeights, type ScoredCounts } from './scored-counts.ts';

const scoreSum = ({ scores, positives, negatives }: ScoredCounts): number =>
  Array.from(scores).reduce((sum, score, i) => sum + score * (positives[i]! + negatives[i]!), 0);

/** Weighted mean score, to be held against the base rate. Exact for merged bins, which keep means; null without rows. */
export function meanScore(counts: ScoredCounts): Outcome {
  const { all } = labelWeights(counts);
  return all > 0 ? { value: scoreSum(counts) / all } : noValue(NO_ROWS);
}

/** Positives that the scores promise over positives that came: 1 when calibrated in the large. Range [0, ∞); null without positive labels. */
export function expectedOverObserved(counts: ScoredCounts): Outcome {
  const { positives } = labelWeights(counts);
  return positives > 0 ? { value: scoreSum(counts) / positives } : noValue(NO_POSITIVES);
}
