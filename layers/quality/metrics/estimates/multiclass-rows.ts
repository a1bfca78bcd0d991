import type { ScoredRows } from './scored-rows.ts';

/** Rows of a model of several classes: the score of every class, row by row, and the class number 0 … classes − 1 it predicts. */
export interface MulticlassRows {
  classes: number;
  /** As the model gave them, rows × classes; of each class they rank, and where that class is not calibrated they are its probability. */
  probabilities: ArrayLike<number>;
  /** No rule is derived: the class predicted need not be the most probable. */
  predictions: ArrayLike<number>;
  /** Rows each row stands for; 1 where absent. Whole numbers: the held-out parts of the decision to calibrate round a fraction up. */
  weights?: ArrayLike<number>;
}

export interface LabelledMulticlassRows extends MulticlassRows {
  /** Class numbers. */
  labels: ArrayLike<number>;
}

/** Why nothing can be estimated of these rows, or learned from them where they have labels; null if it can. */
export function unusableClasses(rows: MulticlassRows | LabelledMulticlassRows): string | null {
  const { classes, probabilities, predictions, weights } = rows;
  if (!(classes >= 2)) return 'fewer than two classes';
  if (probabilities.length !== predictions.length * classes) return 'rows do not have one score for each class';
  const isClass = (value: number | undefined): boolean => Number.isInteger(value) && value! >= 0 && value! < classes;
  let all = 0;
  for (let i = 0; i < predictions.length; i++) {
    const weight = weights === undefined ? 1 : weights[i]!;
    if (!(weight >= 0 && weight < Number.POSITIVE_INFINITY)) return 'a number of rows is negative or missing';
    if (!isClass(predictions[i])) return 'a prediction is not one of the classes';
    if ('labels' in rows && !isClass(rows.labels[i])) return 'a label is not one of the classes';
    all += weight;
  }
  for (let i = 0; i < probabilities.length; i++) if (!Number.isFinite(probabilities[i]!)) return 'a score is not a number';
  return all > 0 ? null : 'no rows';
}

/** One class against the rest as rows of a binary model: its scores rank, `probabilities` (rows × classes) are what is expected of it. */
export function classAgainstRest(rows: MulticlassRows, probabilities: ArrayLike<number>, positive: number): ScoredRows {
  const of = (matrix: ArrayLike<number>): Float64Array =>
    new Float64Array(rows.predictions.length).map((_, i) => matrix[i * rows.classes + positive]!);
  return {
    scores: of(rows.probabilities),
    probabilities: of(probabilities),
    predictions: Uint8Array.from(rows.predictions, (predicted) => (predicted === positive ? 1 : 0)),
    rows: rows.weights,
  };
}

/** Labels as probabilities: 1 for the true class, 0 for the others, rows × classes. */
export function certainties({ classes, labels }: LabelledMulticlassRows): Float64Array {
  const certain = new Float64Array(labels.length * classes);
  for (let i = 0; i < labels.length; i++) certain[i * classes + labels[i]!] = 1;
  return certain;
}
