import { rowsAt, type ScoredRows } from './scored-rows.ts';

export interface Confusion {
  true_positive: number;
  false_positive: number;
  false_negative: number;
  true_negative: number;
}

/**
 * Expected confusion matrix: a row predicted positive is a true positive with probability p and a false one with 1 − p, one predicted negative
 * a false negative with p and a true one with 1 − p. Range [0, rows]. CBPE, NannyML 0.13.
 */
export function expectedConfusion(cells: ScoredRows): Confusion {
  const sums = { true_positive: 0, false_positive: 0, false_negative: 0, true_negative: 0 };
  for (let cell = 0; cell < cells.scores.length; cell++) {
    const rows = rowsAt(cells, cell);
    const p = cells.probabilities[cell]!;
    const positive = cells.predictions[cell] === 1;
    sums[positive ? 'true_positive' : 'false_negative'] += rows * p;
    sums[positive ? 'false_positive' : 'true_negative'] += rows * (1 - p);
  }
  return sums;
}
