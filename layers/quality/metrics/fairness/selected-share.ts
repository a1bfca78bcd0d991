import { labelWeights, type ScoredCounts } from '../accuracy/scored-counts.ts';
import { countsAt } from '../accuracy/threshold-counts.ts';

/** A share of rows; `error` bounds what merged bins may hide, and is absent where every bin is one score. */
export interface SelectedShare {
  share: number;
  error?: number;
}

/**
 * The share of rows, by weight, with score ≥ threshold, whatever their labels. Range [0, 1]; NaN without rows. A bin with scores on both sides of the
 * threshold goes where its mean goes, and its weight is the error.
 */
export function selectedShare(scored: ScoredCounts, threshold: number): SelectedShare {
  const { counts, uncertain } = countsAt(scored, threshold);
  const { all } = labelWeights(scored);
  const share = (counts.tp + counts.fp) / all;
  return scored.lows === undefined ? { share } : { share, error: (uncertain.positives + uncertain.negatives) / all };
}
