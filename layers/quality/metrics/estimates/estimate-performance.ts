import { noValue, type Outcome } from '../outcome.ts';
import { confusionShares } from './confusion-shares.ts';
import { expectedAveragePrecision } from './expected-average-precision.ts';
import { expectedConfusion } from './expected-confusion.ts';
import { expectedRocAuc } from './expected-roc-auc.ts';
import { type ScoredRows, unusable } from './scored-rows.ts';

export const CONFUSION = ['true_positive', 'false_positive', 'false_negative', 'true_negative'] as const;
export const ESTIMATES = [
  'accuracy',
  'precision',
  'recall',
  'specificity',
  'f1',
  'roc_auc',
  'average_precision',
  'average_precision_by_row',
  ...CONFUSION,
] as const;
export type EstimateId = (typeof ESTIMATES)[number];
export type Performance = Record<EstimateId, Outcome>;

/** What no estimate from scores alone can see; printed beside each. */
export const CANNOT_SEE = 'An estimate without labels cannot see a change of what the same inputs lead to (of P(label | features)).';

export const ofNone = (reason: string): Performance => Object.fromEntries(ESTIMATES.map((id) => [id, noValue(reason)])) as Performance;

/**
 * Confidence-based performance estimation (CBPE) of a binary model: the metrics of the expected confusion matrix, and expected ROC AUC and
 * average precision, of rows with calibrated probabilities; with labels for probabilities the realised ones. `average_precision` has a threshold
 * at each distinct score (scikit-learn's), `average_precision_by_row` at each row (NannyML's estimate). Null with a reason where a metric
 * does not exist; all of them where there are no rows, a score is not finite or a probability not within 0 and 1. NannyML 0.13.
 */
export function estimatePerformance(cells: ScoredRows, whenEmpty: 'null' | 'zero' = 'null'): Performance {
  const reason = unusable(cells);
  if (reason !== null) return ofNone(reason);
  const confusion = expectedConfusion(cells);
  return {
    ...confusionShares(confusion, whenEmpty),
    roc_auc: expectedRocAuc(cells),
    average_precision: expectedAveragePrecision(cells, 'score'),
    average_precision_by_row: expectedAveragePrecision(cells, 'row'),
    true_positive: { value: confusion.true_positive },
    false_positive: { value: confusion.false_positive },
    false_negative: { value: confusion.false_negative },
    true_negative: { value: confusion.true_negative },
  };
}
