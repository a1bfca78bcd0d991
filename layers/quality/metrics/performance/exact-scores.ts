import { sortDoubles } from '../../math/sort-doubles.ts';
import type { KeptRows } from '../../profile/outcomes/kept-rows.ts';
import type { ScoredCounts } from '../accuracy/scored-counts.ts';

interface Weighed {
  scores: Float64Array;
  /** Null where every row weighs 1. */
  weights: Float64Array | null;
}

/** Labelled rows by distinct score, from the rows themselves: what is computed of them is exact. Null where rows were not kept. */
export function exactScores(rows: KeptRows): ScoredCounts | null {
  if (!rows.complete || rows.scores.length === 0) return null;
  return mergeSorted(sortedCells(rows, [3, 4, 5]), sortedCells(rows, [0, 1, 2]));
}

function sortedCells(rows: KeptRows, cells: number[]): Weighed {
  const length = cells.reduce((sum, cell) => sum + rows.scores[cell]!.length, 0);
  const scores = new Float64Array(length);
  const weighted = cells.some((cell) => rows.scoreWeights[cell]!.length > 0);
  const weights = weighted ? new Float64Array(length) : null;
  let at = 0;
  for (const cell of cells) {
    scores.set(rows.scores[cell]!.all, at);
    weights?.set(rows.scoreWeights[cell]!.all, at);
    at += rows.scores[cell]!.length;
  }
  if (weights === null) return { scores: sortDoubles(scores), weights };
  const order = new Uint32Array(length).map((_, i) => i).sort((a, b) => scores[a]! - scores[b]! || a - b);
  return { scores: Float64Array.from(order, (i) => scores[i]!), weights: Float64Array.from(order, (i) => weights[i]!) };
}

/** Two ascending lists as one, each distinct score once. */
function mergeSorted(positive: Weighed, negative: Weighed): { scores: Float64Array; positives: Float64Array; negatives: Float64Array } {
  const [above, below] = [positive.scores, negative.scores];
  const most = above.length + below.length;
  const [scores, positives, negatives] = [new Float64Array(most), new Float64Array(most), new Float64Array(most)];
  let [n, count, last] = [0, 0, Number.NaN];
  // Memory that is written before it is read: pages of zeros that are read first have to be made twice, which takes longer than all else here.
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
