import { noValue, type Outcome } from '../outcome.ts';

/** Weight of the rows by label (positive or not) and prediction: all that the binary rates need. Adding cell by cell merges. */
export interface ConfusionCounts {
  tp: number;
  fp: number;
  fn: number;
  tn: number;
}

export const noCounts = (): ConfusionCounts => ({ tp: 0, fp: 0, fn: 0, tn: 0 });
export const weightOf = ({ tp, fp, fn, tn }: ConfusionCounts): number => tp + fp + fn + tn;

/** Cells of rows whose labels and predictions are 1 (positive) or anything else (negative). */
export function confusionCounts(labels: ArrayLike<number>, predictions: ArrayLike<number>, weights?: ArrayLike<number>): ConfusionCounts {
  const counts = noCounts();
  for (let i = 0; i < labels.length; i++) {
    const weight = weights?.[i] ?? 1;
    if (labels[i] === 1) counts[predictions[i] === 1 ? 'tp' : 'fn'] += weight;
    else counts[predictions[i] === 1 ? 'fp' : 'tn'] += weight;
  }
  return counts;
}

export const mergeCounts = (a: ConfusionCounts, b: ConfusionCounts): ConfusionCounts => ({
  tp: a.tp + b.tp,
  fp: a.fp + b.fp,
  fn: a.fn + b.fn,
  tn: a.tn + b.tn,
});

/** part/(part + rest), or null for the given reason where both are empty (scikit-learn writes 0 there, by zero_division). */
export const shareOf = (part: number, rest: number, reason: string): Outcome =>
  part + rest > 0 ? { value: part / (part + rest) } : noValue(reason);
