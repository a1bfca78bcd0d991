import { accuracy } from '../accuracy/accuracy.ts';
import { classAverage } from '../accuracy/class-average.ts';
import type { ConfusionCounts } from '../accuracy/confusion-counts.ts';
import type { ConfusionMatrix } from '../accuracy/confusion-matrix.ts';
import { f1 } from '../accuracy/f-beta.ts';
import { precision } from '../accuracy/precision.ts';
import { recall } from '../accuracy/recall.ts';
import { specificity } from '../accuracy/specificity.ts';
import { noValue, type Outcome } from '../outcome.ts';
import { expectedAveragePrecision } from './expected-average-precision.ts';
import { expectedRocAuc } from './expected-roc-auc.ts';
import { classAgainstRest, type MulticlassRows, unusableClasses } from './multiclass-rows.ts';
import type { ScoredRows } from './scored-rows.ts';

export const MULTICLASS_ESTIMATES = ['accuracy', 'precision', 'recall', 'specificity', 'f1', 'roc_auc', 'average_precision'] as const;
export type MulticlassEstimateId = (typeof MULTICLASS_ESTIMATES)[number];
export type MulticlassPerformance = Record<MulticlassEstimateId, Outcome>;

/**
 * Expected confusion matrix: the cell of true class t and predicted class p holds Σ P(t) of the rows predicted p. Range [0, rows]; with labels for
 * probabilities (`certainties`) the matrix counted. NannyML 0.13.
 */
export function expectedMatrix({ classes, predictions, weights }: MulticlassRows, probabilities: ArrayLike<number>): ConfusionMatrix {
  const cells = new Float64Array(classes * classes);
  for (let i = 0; i < predictions.length; i++) {
    const weight = weights === undefined ? 1 : weights[i]!;
    for (let t = 0; t < classes; t++) cells[t * classes + predictions[i]!]! += weight * probabilities[i * classes + t]!;
  }
  return { classes, cells };
}

/**
 * Confidence-based performance estimation (CBPE) of a model of several classes, from probabilities that sum to 1 in each row: accuracy Σ P(predicted
 * class)/rows; precision, recall, specificity and F1 of the expected confusion matrix, expected ROC AUC and average precision, each class against the rest and
 * the plain mean of all classes. With labels for probabilities the realised ones. Range [0, 1]. A class without a value (never predicted, not
 * expected) counts as 0 in a mean, as in NannyML; ROC AUC and average precision are null there. All are null with the reason where there are no rows, a score is not
 * finite or a prediction no class. NannyML 0.13, but its ROC AUC rounds sums to 5 decimals.
 */
export function multiclassPerformance(rows: MulticlassRows, probabilities: ArrayLike<number>): MulticlassPerformance {
  const reason = unusableClasses(rows) ?? improbable(probabilities);
  if (reason !== null) return Object.fromEntries(MULTICLASS_ESTIMATES.map((id) => [id, noValue(reason)])) as MulticlassPerformance;
  const matrix = expectedMatrix(rows, probabilities);
  const macro = (metric: (counts: ConfusionCounts) => Outcome): Outcome => classAverage(matrix, metric, 'macro');
  return {
    accuracy: accuracy(matrix),
    precision: macro(precision),
    recall: macro(recall),
    specificity: macro(specificity),
    f1: macro(f1),
    roc_auc: meanOfClasses(rows, probabilities, expectedRocAuc),
    average_precision: meanOfClasses(rows, probabilities, (cells) => expectedAveragePrecision(cells, 'score')),
  };
}

const improbable = (probabilities: ArrayLike<number>): string | null => {
  for (let i = 0; i < probabilities.length; i++)
    if (!(probabilities[i]! >= 0 && probabilities[i]! <= 1)) return 'a probability is not within 0 and 1';
  return null;
};

function meanOfClasses(rows: MulticlassRows, probabilities: ArrayLike<number>, metric: (cells: ScoredRows) => Outcome): Outcome {
  let sum = 0;
  for (let k = 0; k < rows.classes; k++) {
    const { value } = metric(classAgainstRest(rows, probabilities, k));
    if (value === null) return noValue('a class without rows, or only one');
    sum += value;
  }
  return { value: sum / rows.classes };
}
