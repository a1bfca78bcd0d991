import { NO_ROWS, noValue, type Outcome } from '../outcome.ts';
import type { ConfusionCounts } from './confusion-counts.ts';
import { type ConfusionMatrix, marginsOf, matrixOf } from './confusion-matrix.ts';

/** What a disagreement of classes t and p costs: 1, |t − p| or (t − p)², by their places in the order of classes. */
export type Disagreement = 'nominal' | 'linear' | 'quadratic';

const COST: Record<Disagreement, (distance: number) => number> = {
  nominal: (distance) => Math.sign(distance),
  linear: (distance) => distance,
  quadratic: (distance) => distance * distance,
};

/**
 * Agreement of label and prediction beyond chance: 1 − Σ cost·observed/Σ cost·expected, expected from the margins. Range [−1, 1]; 0 for a
 * constant prediction; null where labels and predictions are all of the same class. Cohen (1960, 1968), doi:10.1037/h0026256.
 */
export function cohenKappa(confusion: ConfusionCounts | ConfusionMatrix, disagreement: Disagreement = 'nominal'): Outcome {
  const matrix = matrixOf(confusion);
  const { truth, predicted, all } = marginsOf(matrix);
  if (!(all > 0)) return noValue(NO_ROWS);
  let observed = 0;
  let expected = 0;
  for (let t = 0; t < matrix.classes; t++) {
    for (let p = 0; p < matrix.classes; p++) {
      const cost = COST[disagreement](Math.abs(t - p));
      observed += cost * matrix.cells[t * matrix.classes + p]!;
      expected += (cost * truth[t]! * predicted[p]!) / all;
    }
  }
  return expected > 0 ? { value: 1 - observed / expected } : noValue('labels and predictions of the same class only');
}
