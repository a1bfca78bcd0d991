import { rowsAt, type ScoredRows } from './scored-rows.ts';

/** Positives and rows by score. */
export interface LabelCounts {
  scores: ArrayLike<number>;
  positives: ArrayLike<number>;
  rows: ArrayLike<number>;
}

/** Labelled rows by distinct score, ascending; positives are sums of probabilities, which are the labels. */
export function labelCounts(cells: ScoredRows): LabelCounts & { scores: number[]; positives: number[]; rows: number[] } {
  const counts = { scores: [] as number[], positives: [] as number[], rows: [] as number[] };
  const order = Array.from(cells.scores, (_, cell) => cell).sort((a, b) => cells.scores[a]! - cells.scores[b]!);
  for (const cell of order) {
    if (counts.scores.length === 0 || counts.scores.at(-1) !== cells.scores[cell]) {
      counts.scores.push(cells.scores[cell]!);
      counts.positives.push(0);
      counts.rows.push(0);
    }
    const last = counts.scores.length - 1;
    counts.positives[last]! += rowsAt(cells, cell) * cells.probabilities[cell]!;
    counts.rows[last]! += rowsAt(cells, cell);
  }
  return counts;
}
