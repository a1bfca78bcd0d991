import { NO_ROWS, noValue, type Outcome } from '../outcome.ts';
import { NOT_PROBABILITIES } from './found.ts';
import { clipped } from './log-loss.ts';
import { type ScoredCounts, scoredCounts } from './scored-counts.ts';

/** Rows of a multiclass model: class numbers of labels, and the probability of every class, row by row. */
export interface ClassProbabilities {
  classes: number;
  labels: ArrayLike<number>;
  probabilities: ArrayLike<number>;
  weights?: ArrayLike<number>;
}

/** Weighted mean of what each row costs or earns; null without rows. */
function meanOfRows(rows: ClassProbabilities, lossOf: (row: number) => number): Outcome {
  let sum = 0;
  let all = 0;
  for (let i = 0; i < rows.labels.length; i++) {
    const weight = rows.weights?.[i] ?? 1;
    sum += weight * lossOf(i);
    all += weight;
  }
  return all > 0 ? { value: sum / all } : noValue(NO_ROWS);
}

/** Null with a probability outside 0 to 1. */
const meanLossOfRows = (rows: ClassProbabilities, lossOf: (row: number) => number): Outcome => {
  for (let i = 0; i < rows.probabilities.length; i++)
    if (!(rows.probabilities[i]! >= 0 && rows.probabilities[i]! <= 1)) return noValue(NOT_PROBABILITIES);
  return meanOfRows(rows, lossOf);
};

/**
 * Mean of −ln (clipped probability of the true class); probabilities are not scaled to sum to 1. Range [0, 36.05]; null without rows, or with scores
 * outside 0 to 1.
 */
export const multiclassLogLoss = (rows: ClassProbabilities): Outcome =>
  meanLossOfRows(rows, (i) => -Math.log(clipped(rows.probabilities[i * rows.classes + rows.labels[i]!]!)));

/**
 * Brier's original: mean over rows of the sum over classes of squared errors. Range [0, 2], twice the binary score; null without rows, or with scores
 * outside 0 to 1.
 */
export const multiclassBrier = (rows: ClassProbabilities): Outcome =>
  meanLossOfRows(rows, (i) => {
    let sum = 0;
    for (let k = 0; k < rows.classes; k++) sum += (rows.probabilities[i * rows.classes + k]! - (rows.labels[i] === k ? 1 : 0)) ** 2;
    return sum;
  });

/**
 * Share of rows whose true class is among the k most probable. Of equal probabilities the later class ranks first, as in scikit-learn.
 * Range [0, 1]; null without rows.
 */
export const topKAccuracy = (rows: ClassProbabilities, k: number): Outcome =>
  meanOfRows(rows, (i) => {
    const own = rows.probabilities[i * rows.classes + rows.labels[i]!]!;
    let ahead = 0;
    for (let c = 0; c < rows.classes; c++) {
      const other = rows.probabilities[i * rows.classes + c]!;
      if (other > own || (other === own && c > rows.labels[i]!)) ahead++;
    }
    return ahead < k ? 1 : 0;
  });

/** Scores of class k as a binary problem: against all other classes, or against one. */
export function classScores(rows: ClassProbabilities, positive: number, against?: number): ScoredCounts {
  const kept = Array.from({ length: rows.labels.length }, (_, i) => i).filter(
    (i) => against === undefined || rows.labels[i] === positive || rows.labels[i] === against,
  );
  return scoredCounts(
    kept.map((i) => rows.probabilities[i * rows.classes + positive]!),
    kept.map((i) => (rows.labels[i] === positive ? 1 : 0)),
    kept.map((i) => rows.weights?.[i] ?? 1),
  );
}

/** Weight of the rows of each true class. */
export function classWeights(rows: ClassProbabilities): Float64Array {
  const weights = new Float64Array(rows.classes);
  for (let i = 0; i < rows.labels.length; i++) weights[rows.labels[i]!]! += rows.weights?.[i] ?? 1;
  return weights;
}
