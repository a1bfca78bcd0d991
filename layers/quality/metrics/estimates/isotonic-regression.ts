/** An increasing, piecewise linear map: values at ascending scores, constant beyond the ends. */
export interface Isotonic {
  scores: number[];
  values: number[];
}

interface Block {
  from: number;
  to: number;
  sum: number;
  weight: number;
}

/**
 * The increasing step function nearest in weighted least squares to sums/weights at ascending distinct scores (for labels: positives and
 * rows at each score), by pooling adjacent violators. Kept as knots: the ends, and every point where the value differs from a neighbour's. Scores
 * of no weight do not count; no knots without rows. Values lie within those of the data. Barlow et al. (1972); as in scikit-learn.
 */
export function fitIsotonic(scores: ArrayLike<number>, sums: ArrayLike<number>, weights: ArrayLike<number>): Isotonic {
  const used = Array.from(scores, (_, i) => i).filter((i) => weights[i]! > 0);
  const blocks: Block[] = [];
  used.forEach((i, at) => {
    let block: Block = { from: at, to: at, sum: sums[i]!, weight: weights[i]! };
    for (let last = blocks.at(-1); last !== undefined && last.sum / last.weight >= block.sum / block.weight; last = blocks.at(-1)) {
      block = { from: last.from, to: at, sum: last.sum + block.sum, weight: last.weight + block.weight };
      blocks.pop();
    }
    blocks.push(block);
  });
  const knots: Isotonic = { scores: [], values: [] };
  for (const { from, to, sum, weight } of blocks)
    for (const at of from === to ? [from] : [from, to]) {
      knots.scores.push(scores[used[at]!]!);
      knots.values.push(sum / weight);
    }
  return knots;
}
