import { noValue, type Outcome } from '../outcome.ts';
import { kolmogorovSmirnovStatistic } from '../stability/kolmogorov-smirnov-statistic.ts';
import { ONE_CLASS } from './found.ts';
import { isMerged, labelWeights, type ScoredCounts } from './scored-counts.ts';

/**
 * Kolmogorov–Smirnov distance between the scores of positives and of negatives: the largest |TPR − FPR| over all thresholds. Range [0, 1];
 * `error` is what merged bins may hide; null with labels of one class.
 */
export function scoreSeparation(counts: ScoredCounts): Outcome {
  const { positives, negatives } = labelWeights(counts);
  if (!(positives > 0 && negatives > 0)) return noValue(ONE_CLASS);
  const found = kolmogorovSmirnovStatistic(counts.positives, counts.negatives, (bin) => !isMerged(counts, bin));
  return counts.lows === undefined ? { value: found.value } : found;
}
