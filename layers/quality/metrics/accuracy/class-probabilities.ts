import { NO_ROWS, noValue, type Outcome } from '../outcome.ts';
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
export function classScores(
  { classes, labels, probabilities, weights }: ClassProbabilities,
  positive: number,
  against?: number,
): ScoredCounts {
  const kept: number[] = [];
  if (against !== undefined) for (let i = 0; i < labels.length; i++) if (labels[i] === positive || labels[i] === against) kept.push(i);
  const count = against === undefined ? labels.length : kept.length;
  const rowAt = (i: number): number => (against === undefined ? i : kept[i]!);
  const [scores, is] = [new Float64Array(count), new Uint8Array(count)];
  const weight = weights === undefined ? undefined : new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const row = rowAt(i);
    scores[i] = probabilities[row * classes + positive]!;
    is[i] = labels[row] === positive ? 1 : 0;
    if (weight !== undefined) weight[i] = weights![row]!;
  }
  return scoredCounts(scores, is, weight);
}

/** Weight of the rows of each true class. */
export function classWeights(rows: ClassProbabilities): Float64Array {
  const weights = new Float64Array(rows.classes);
  for (let i = 0; i < rows.labels.length; i++) weights[rows.labels[i]!]! += rows.weights?.[i] ?? 1;
  return weights;
}
