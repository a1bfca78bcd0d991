import { ascendingOrder } from '../../math/ascending-order.ts';
import { sortDoubles } from '../../math/sort-doubles.ts';

/** Scores, with the weight of each. */
export interface Weighed {
  scores: Float64Array;
  /** Null where every row weighs 1. */
  weights: Float64Array | null;
}

/** In ascending order of the scores; in place where there are no weights. Rows of one score stay in their order. */
export function sortWeighed({ scores, weights }: Weighed): Weighed {
  if (weights === null) return { scores: sortDoubles(scores), weights };
  const order = ascendingOrder(scores);
  return { scores: Float64Array.from(order, (i) => scores[i]!), weights: Float64Array.from(order, (i) => weights[i]!) };
}

/** Two ascending lists as one, each distinct score once. Rows that do not weigh more than 0 are left out. */
export function mergeSorted(
  positive: Weighed,
  negative: Weighed,
): { scores: Float64Array; positives: Float64Array; negatives: Float64Array } {
  const [above, below] = [positive.scores, negative.scores];
  const most = above.length + below.length;
  const [scores, positives, negatives] = [new Float64Array(most), new Float64Array(most), new Float64Array(most)];
  let [n, count, last] = [0, 0, Number.NaN];
  // Written before they are read: a new page that is read first is made twice, which for millions takes longer than all else here.
  const begin = (score: number): void => {
    scores[count] = last = score;
    positives[count] = 0;
    negatives[count++] = 0;
  };
  for (let p = 0; p <= above.length; p++) {
    const next = p < above.length ? above[p]! : Number.POSITIVE_INFINITY;
    for (; n < below.length && below[n]! < next; n++) {
      const weight = negative.weights === null ? 1 : negative.weights[n]!;
      if (!(weight > 0)) continue;
      if (below[n] !== last) begin(below[n]!);
      negatives[count - 1]! += weight;
    }
    const weight = p === above.length ? 0 : positive.weights === null ? 1 : positive.weights[p]!;
    if (!(weight > 0)) continue;
    if (next !== last) begin(next);
    positives[count - 1]! += weight;
  }
  return { scores: scores.subarray(0, count), positives: positives.subarray(0, count), negatives: negatives.subarray(0, count) };
}
