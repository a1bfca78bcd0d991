import { noValue, type Outcome } from '../outcome.ts';
import type { Confusion } from './expected-confusion.ts';

export type ConfusionShare = 'accuracy' | 'precision' | 'recall' | 'specificity' | 'f1';

/**
 * Shares of a confusion matrix, counted or expected: accuracy (TP + TN)/all, precision TP/(TP + FP), recall TP/(TP + FN), specificity
 * TN/(TN + FP), F1 TP/(TP + (FP + FN)/2). Range [0, 1]. Null where the denominator is 0; NannyML has 0 there, as `whenEmpty` can.
 */
export function confusionShares(confusion: Confusion, whenEmpty: 'null' | 'zero' = 'null'): Record<ConfusionShare, Outcome> {
  const { true_positive: tp, false_positive: fp, false_negative: fn, true_negative: tn } = confusion;
  const share = (above: number, below: number, reason: string): Outcome => {
    if (below > 0) return { value: above / below };
    return whenEmpty === 'zero' ? { value: 0 } : noValue(reason);
  };
  return {
    accuracy: share(tp + tn, tp + fp + fn + tn, 'no rows'),
    precision: share(tp, tp + fp, 'no row is predicted positive'),
    recall: share(tp, tp + fn, 'no positive rows'),
    specificity: share(tn, tn + fp, 'no negative rows'),
    f1: share(tp, tp + (fp + fn) / 2, 'no row is positive or predicted so'),
  };
}
