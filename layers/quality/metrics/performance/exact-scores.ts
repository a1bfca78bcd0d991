import type { KeptRows } from '../../profile/outcomes/kept-rows.ts';
import { mergeSorted, sortWeighed, type Weighed } from '../accuracy/merge-sorted.ts';
import type { ScoredCounts } from '../accuracy/scored-counts.ts';

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
    rows.scores[cell]!.copyTo(scores, at);
    if (weights !== null) rows.scoreWeights[cell]!.copyTo(weights, at);
    at += rows.scores[cell]!.length;
  }
  return sortWeighed({ scores, weights });
}
