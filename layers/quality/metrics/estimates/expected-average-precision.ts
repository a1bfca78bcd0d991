import { noValue, type Outcome } from '../outcome.ts';
import { harmonicGap } from './harmonic-gap.ts';
import { descending, rowsAt, type ScoredRows } from './scored-rows.ts';

/**
 * Expected average precision, Σ (recall_k − recall_{k−1})·precision_k over thresholds k by descending score, with expected true positives Σp.
 * `row`: every row is a threshold of its own, ties in the order given, as NannyML 0.13 estimates it; rows of one cell are taken one by one, in
 * closed form. `score`: every distinct score is one, as scikit-learn has the realised value: compare estimate and truth by this one, the former
 * is higher on tied scores. Range [0, 1]; null without expected positives.
 */
export function expectedAveragePrecision(cells: ScoredRows, threshold: 'row' | 'score'): Outcome {
  const order = descending(cells);
  const sum = threshold === 'row' ? byRow(cells, order) : byScore(cells, order);
  return sum === null ? noValue('no positive rows') : { value: sum };
}

/** Rows of p after r rows with t positives: Σ p·(t + ip)/(r + i) = p·(n·p + (t − rp)·Σ 1/(r + i)), i = 1 … n. */
function byRow(cells: ScoredRows, order: Uint32Array): number | null {
  let [area, before, positives] = [0, 0, 0];
  for (const cell of order) {
    const p = cells.probabilities[cell]!;
    const rows = rowsAt(cells, cell);
    if (rows === 1) area += (p * (positives + p)) / (before + 1);
    else area += p * (rows * p + (positives - before * p) * harmonicGap(before, rows));
    before += rows;
    positives += rows * p;
  }
  return positives > 0 ? area / positives : null;
}

function byScore(cells: ScoredRows, order: Uint32Array): number | null {
  let [area, before, positives] = [0, 0, 0];
  for (let from = 0; from < order.length; ) {
    let gained = 0;
    let to = from;
    for (; to < order.length && cells.scores[order[to]!] === cells.scores[order[from]!]; to++) {
      gained += rowsAt(cells, order[to]!) * cells.probabilities[order[to]!]!;
      before += rowsAt(cells, order[to]!);
    }
    positives += gained;
    if (gained > 0) area += (gained * positives) / before;
    from = to;
  }
  return positives > 0 ? area / positives : null;
}
