import { BIN, type GroupTable } from '../../profile/outcomes/group-table.ts';
import type { ScoredRows } from '../estimates/scored-rows.ts';

/** Rows of some group with a score and a prediction, by bin of the score: all of them, and those with a label, whose probabilities are the labels. */
export interface DecidedCells {
  all: Cells;
  labelled: ScoredRows & { rows: number[] };
}
export type Cells = Omit<ScoredRows, 'probabilities'> & { rows: number[] };

/** A bin's rows of one label (2 for none) and prediction. */
const KINDS = [
  { label: 0, prediction: 0, at: BIN.negative },
  { label: 0, prediction: 1, at: BIN.negativePredicted },
  { label: 1, prediction: 0, at: BIN.positive },
  { label: 1, prediction: 1, at: BIN.positivePredicted },
  { label: 2, prediction: 0, at: BIN.otherwise },
  { label: 2, prediction: 1, at: BIN.predicted },
] as const;

/** One combination of a table with score bins; scores are the bins' means, within their bounds. Rows with a label and without a prediction count as not predicted positive. */
export function decidedCells(
  { scored, bins }: GroupTable,
  place: number,
  { lows, highs }: { lows: ArrayLike<number>; highs: ArrayLike<number> },
): DecidedCells {
  const empty = () => ({ scores: [] as number[], probabilities: [] as number[], predictions: [] as number[], rows: [] as number[] });
  const found = { all: empty(), labelled: empty() };
  for (let bin = 0; bin < bins; bin++) {
    const at = (place * bins + bin) * BIN.width;
    const weight = KINDS.reduce((sum, kind) => sum + scored[at + kind.at]!, 0);
    if (weight === 0) continue;
    const score = Math.min(highs[bin]!, Math.max(lows[bin]!, scored[at + BIN.sum]! / weight));
    for (const { label, prediction, at: of } of KINDS) {
      const rows = scored[at + of]!;
      if (rows === 0) continue;
      for (const cells of label === 2 ? [found.all] : [found.all, found.labelled]) {
        cells.scores.push(score);
        cells.probabilities.push(label);
        cells.predictions.push(prediction);
        cells.rows.push(rows);
      }
    }
  }
  const { probabilities: _, ...all } = found.all;
  return { all, labelled: found.labelled };
}
