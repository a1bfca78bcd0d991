import { ascendingOrder } from '../ascending-order.ts';

/** Positives and negatives at each distinct score or in each bin, in ascending order: all that ROC AUC and its variance need. */
export interface LabelledScores {
  positives: ArrayLike<number>;
  negatives: ArrayLike<number>;
}

/** Rows counted by distinct score, ascending. A label is positive where it is 1; scores must be finite. */
export function labelledScores(labels: ArrayLike<number>, scores: ArrayLike<number>): LabelledScores & { scores: number[] } {
  const counted = { scores: [] as number[], positives: [] as number[], negatives: [] as number[] };
  for (const row of ascendingOrder(scores)) {
    const last = counted.scores.length - 1;
    if (last < 0 || counted.scores[last] !== scores[row]) {
      counted.scores.push(scores[row]!);
      counted.positives.push(0);
      counted.negatives.push(0);
    }
    (labels[row] === 1 ? counted.positives : counted.negatives)[counted.scores.length - 1]!++;
  }
  return counted;
}
