/**
 * Rows, or cells of rows, of a binary model, by column. Where labels are known `probabilities` are the labels, 0 or 1, and the estimates of
 * these rows are what was realised.
 */
export interface ScoredRows {
  /** As the model gave them; they only rank. */
  scores: ArrayLike<number>;
  /** Calibrated probability of the positive class. */
  probabilities: ArrayLike<number>;
  /** 1 where the model predicts the positive class, else 0. No threshold is derived. */
  predictions: ArrayLike<number>;
  /** Rows of each cell; 1 where absent. */
  rows?: ArrayLike<number>;
}

export const rowsAt = ({ rows }: Pick<ScoredRows, 'rows'>, cell: number): number => (rows === undefined ? 1 : rows[cell]!);

/** Why nothing can be estimated of these rows, or null. */
export function unusable(cells: ScoredRows): string | null {
  let rows = 0;
  for (let cell = 0; cell < cells.scores.length; cell++) {
    if (!(rowsAt(cells, cell) >= 0)) return 'a number of rows is negative or missing';
    if (!Number.isFinite(cells.scores[cell]!)) return 'a score is not a number';
    if (!(cells.probabilities[cell]! >= 0 && cells.probabilities[cell]! <= 1)) return 'a probability is not within 0 and 1';
    rows += rowsAt(cells, cell);
  }
  return rows > 0 ? null : 'no rows';
}

/** Cell numbers by descending score; those of one score in the order given. */
export const descending = ({ scores }: ScoredRows): Uint32Array =>
  new Uint32Array(scores.length).map((_, cell) => cell).sort((a, b) => scores[b]! - scores[a]! || a - b);

/** Cells of the same score, probability and prediction joined, in the order of these three: few cells, and no dependence on rows' order. */
export function joinCells(cells: ScoredRows): ScoredRows & { rows: number[] } {
  const { scores, probabilities, predictions } = cells;
  const order = Array.from(scores, (_, cell) => cell).sort(
    (a, b) => scores[a]! - scores[b]! || probabilities[a]! - probabilities[b]! || predictions[a]! - predictions[b]!,
  );
  const joined = { scores: [] as number[], probabilities: [] as number[], predictions: [] as number[], rows: [] as number[] };
  for (const cell of order) {
    const last = joined.rows.length - 1;
    const same =
      last >= 0 &&
      joined.scores[last] === scores[cell] &&
      joined.probabilities[last] === probabilities[cell] &&
      joined.predictions[last] === predictions[cell];
    if (same) joined.rows[last]! += rowsAt(cells, cell);
    else {
      joined.scores.push(scores[cell]!);
      joined.probabilities.push(probabilities[cell]!);
      joined.predictions.push(predictions[cell]!);
      joined.rows.push(rowsAt(cells, cell));
    }
  }
  return joined;
}
