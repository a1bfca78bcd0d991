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
  const most = positive.scores.length + negative.scores.length;
  const [scores, positives, negatives] = [new Float64Array(most), new Float64Array(most), new Float64Array(most)];
  let [p, n, count] = [0, 0, 0];
  while (p < positive.scores.length || n < negative.scores.length) {
    const a = p < positive.scores.length ? positive.scores[p]! : Number.POSITIVE_INFINITY;
    const b = n < negative.scores.length ? negative.scores[n]! : Number.POSITIVE_INFINITY;
    const score = a < b ? a : b;
    let [ofPositive, ofNegative] = [0, 0];
    for (; p < positive.scores.length && positive.scores[p] === score; p++)
      ofPositive += positive.weights === null ? 1 : positive.weights[p]!;
    for (; n < negative.scores.length && negative.scores[n] === score; n++)
      ofNegative += negative.weights === null ? 1 : negative.weights[n]!;
    if (ofPositive + ofNegative === 0) continue;
    scores[count] = score;
    positives[count] = ofPositive;
    negatives[count++] = ofNegative;
  }
  return { scores: scores.subarray(0, count), positives: positives.subarray(0, count), negatives: negatives.subarray(0, count) };
}
