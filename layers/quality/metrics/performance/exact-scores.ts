import { mergeRuns } from '../../math/sorted-runs.ts';
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
  const lists = cells.map((cell) => rows.scores[cell]!.all);
  if (cells.every((cell) => rows.scoreWeights[cell]!.length === 0))
    return { scores: lists.reduce((a, b) => mergeRuns(a, b)), weights: null };
  const [scores, weights] = [concatenated(lists), concatenated(cells.map((cell) => rows.scoreWeights[cell]!.all))];
  const order = new Uint32Array(scores.length).map((_, i) => i).sort((a, b) => scores[a]! - scores[b]! || a - b);
  return { scores: Float64Array.from(order, (i) => scores[i]!), weights: Float64Array.from(order, (i) => weights[i]!) };
}

function concatenated(lists: Float64Array[]): Float64Array {
  const all = new Float64Array(lists.reduce((sum, list) => sum + list.length, 0));
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  return all;
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
