import { noValue, type Outcome } from '../outcome.ts';
import { bounded } from './bounded.ts';
import { ONE_CLASS } from './found.ts';
import { isMerged, labelWeights, type ScoredCounts } from './scored-counts.ts';

/**
 * Area under the ROC curve: weighted share of (positive, negative) pairs in which the positive scores higher, ties one half. Range [0, 1]; .5 by
 * chance. Pairs within a merged bin count one half and may all be right or all wrong: `error` is half their share. Null with labels of one
 * class. Hanley & McNeil (1982), doi:10.1148/radiology.143.1.7063747.
 */
export function rocAuc(counts: ScoredCounts): Outcome {
  const { positives, negatives } = labelWeights(counts);
  if (!(positives > 0 && negatives > 0)) return noValue(ONE_CLASS);
  let below = 0;
  let won = 0;
  let open = 0;
  for (let i = 0; i < counts.scores.length; i++) {
    const here = counts.negatives[i]!;
    won += counts.positives[i]! * (below + here / 2);
    if (isMerged(counts, i)) open += (counts.positives[i]! * here) / 2;
    below += here;
  }
  return bounded(counts, won / positives / negatives, open / positives / negatives);
}

/** Gini coefficient of the scores, 2 AUC − 1. Range [−1, 1]; null with labels of one class. */
export function gini(counts: ScoredCounts): Outcome {
  const auc = rocAuc(counts);
  return auc.value === null ? auc : bounded(counts, 2 * auc.value - 1, 2 * (auc.error ?? 0));
}
