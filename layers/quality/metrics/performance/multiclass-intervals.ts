import { type Interval, midPGamma, scoreEnds, studentTOf } from '../../math/intervals/index.ts';
import { type ClassProbabilities, classWeights, type ScoredCounts } from '../accuracy/index.ts';
import { type RankParts, rankDeviation } from '../accuracy/rank-parts.ts';

/** Rows that weigh as much as the weighted ones (Kish 1965). */
function rowsOf({ labels, weights }: ClassProbabilities): number {
  if (weights === undefined) return labels.length;
  let [all, squares] = [0, 0];
  for (let i = 0; i < labels.length; i++) {
    all += weights[i]!;
    squares += weights[i]! ** 2;
  }
  return squares > 0 ? all ** 2 / squares : 0;
}

/**
 * Interval of a mean over classes of how each is ranked against the rest (ROC AUC, average precision): Wilson's with as many rows as its variance is worth, and
 * Student's law with as many degrees of freedom as the rarest class has rows (by coverage: docs/verdicts.md). The variance is that of the rows' parts (see
 * rankDeviation). Null where no row has a part.
 */
export function rankingInterval(rows: ClassProbabilities, perClass: ScoredCounts[], parts: RankParts[], value: number): Interval | null {
  const all = rowsOf(rows);
  const weights = classWeights(rows);
  const rarest = (all * Math.min(...weights)) / weights.reduce((sum, weight) => sum + weight, 0);
  const variance = rankDeviation(rows, perClass, parts) ** 2 / all;
  if (!(variance > 0)) return null;
  const near = (value * all + 0.5) / (all + 1);
  const worth = (near * (1 - near)) / variance;
  const [low, high] = scoreEnds(value, studentTOf(0.95, Math.max(1, rarest)), (share) => (share * (1 - share)) / worth);
  return [Math.min(low, value), Math.max(high, value)];
}

/**
 * Interval of a mean over rows of what the true class costs, as of losses of two classes (lossInterval): one more row is of the losses by which the sum is
 * skewed, over the rows or over all classes of each as its scores have them. At most what a row can cost. Null with fewer than two rows.
 */
export function classLossInterval(rows: ClassProbabilities, lossOf: (row: number, label: number) => number, most: number): Interval | null {
  const { classes, labels, probabilities, weights } = rows;
  const [seen, promised] = [new Float64Array(3), new Float64Array(3)];
  let all = 0;
  const add = (to: Float64Array, weight: number, loss: number): void => {
    for (let power = 0, product = weight * loss; power < 3; power++, product *= loss) to[power]! += product;
  };
  for (let i = 0; i < labels.length; i++) {
    const weight = weights?.[i] ?? 1;
    all += weight;
    add(seen, weight, lossOf(i, labels[i]!));
    for (let k = 0; k < classes; k++) add(promised, weight * probabilities[i * classes + k]!, lossOf(i, k));
  }
  const effective = rowsOf(rows);
  if (!(effective > 1)) return null;
  const mean = seen[0]! / all;
  const variance = Math.max(0, seen[1]! / all - mean * mean) / (effective - 1);
  const part = Math.max(...[seen, promised].map(([, squares, cubes]) => (squares! > 0 ? cubes! / squares! : 0))) / effective;
  const [low, high] = midPGamma(mean, variance, part);
  return [low, Math.max(mean, Math.min(most, high))];
}
