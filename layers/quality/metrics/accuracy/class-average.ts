import { NO_ROWS, noValue, type Outcome } from '../outcome.ts';
import type { ConfusionCounts } from './confusion-counts.ts';
import { type ConfusionMatrix, marginsOf, oneAgainstRest } from './confusion-matrix.ts';

export type ClassAverage = 'macro' | 'weighted';

/** A binary metric of each class against the rest, in the order of classes. */
export const byClass = (matrix: ConfusionMatrix, metric: (counts: ConfusionCounts) => Outcome): Outcome[] =>
  Array.from({ length: matrix.classes }, (_, k) => metric(oneAgainstRest(matrix, k)));

/**
 * Mean of a binary metric over the classes: plain over all listed classes (macro), or by true weight (weighted). A class without a value, such
 * as the precision of one never predicted, counts as 0, as in scikit-learn: leaving it out would reward a model that forgets a class. One that neither
 * labels nor predictions have, such as one the baseline knows, is left out.
 * (Micro averages of precision, recall and F are the accuracy.) Range that of the metric; null without rows.
 */
export function classAverage(matrix: ConfusionMatrix, metric: (counts: ConfusionCounts) => Outcome, average: ClassAverage): Outcome {
  const { truth, predicted, all } = marginsOf(matrix);
  if (!(all > 0)) return noValue(NO_ROWS);
  const occurs = (k: number): boolean => truth[k]! > 0 || predicted[k]! > 0;
  const classes = truth.reduce((count, _, k) => count + Number(occurs(k)), 0);
  let sum = 0;
  byClass(matrix, metric).forEach(({ value }, k) => {
    if (occurs(k)) sum += (value ?? 0) * (average === 'macro' ? 1 / classes : truth[k]! / all);
  });
  return { value: sum };
}
