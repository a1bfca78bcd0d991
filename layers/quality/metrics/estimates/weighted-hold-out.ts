import { seededDraws } from '../../math/intervals/seeded-draws.ts';
import { labelCounts } from './label-counts.ts';
import type { HeldOut } from './needs-calibration.ts';
import { rowsAt, type ScoredRows } from './scored-rows.ts';

/**
 * Parts for the decision to calibrate, of labelled rows with weights: every row is held out once, of a part drawn at random, with its weight. Rows
 * are drawn by score, then positives first, then by weight, so that their order does not matter and that with weights of 1 the parts are those
 * of `holdOut` for the same seed. A cell's rows are whole numbers; a fraction is rounded up for the draw.
 */
export function holdOutWeighted(cells: ScoredRows, weights: ArrayLike<number>, seed: string, parts = 10): HeldOut[] {
  const { scores, probabilities } = cells;
  const uniform = seededDraws(seed);
  const order = Array.from(scores, (_, cell) => cell).sort(
    (a, b) => scores[a]! - scores[b]! || probabilities[b]! - probabilities[a]! || weights[a]! - weights[b]! || a - b,
  );
  const held = Array.from({ length: parts }, () => new Float64Array(scores.length));
  const all = new Float64Array(scores.length);
  for (const cell of order)
    for (let row = 0; row < rowsAt(cells, cell); row++) {
      held[Math.floor(uniform() * parts)]![cell]! += weights[cell]!;
      all[cell]! += weights[cell]!;
    }
  return held.map((test) => ({
    test: withRows(cells, test),
    train: withRows(
      cells,
      all.map((weight, cell) => (test[cell]! === weight ? 0 : weight - test[cell]!)),
    ),
  }));
}

function withRows({ scores, probabilities, predictions }: ScoredRows, rows: Float64Array) {
  const used = Array.from(rows, (_, cell) => cell).filter((cell) => rows[cell]! > 0);
  const of = (values: ArrayLike<number>): number[] => used.map((cell) => values[cell]!);
  return labelCounts({ scores: of(scores), probabilities: of(probabilities), predictions: of(predictions), rows: of(rows) });
}
