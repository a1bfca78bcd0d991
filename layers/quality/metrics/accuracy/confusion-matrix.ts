import { total } from '../../math/total.ts';
import type { ConfusionCounts } from './confusion-counts.ts';

/** Weight of the rows by true class (row) and predicted class (column), row by row: cells[t · classes + p]. Adding cell by cell merges. */
export interface ConfusionMatrix {
  classes: number;
  cells: ArrayLike<number>;
}

/** Cells of rows whose labels and predictions are class numbers 0 … classes − 1. */
export function confusionMatrix(
  classes: number,
  labels: ArrayLike<number>,
  predictions: ArrayLike<number>,
  weights?: ArrayLike<number>,
): ConfusionMatrix {
  const cells = new Float64Array(classes * classes);
  for (let i = 0; i < labels.length; i++) cells[labels[i]! * classes + predictions[i]!]! += weights?.[i] ?? 1;
  return { classes, cells };
}

export const mergeMatrices = (a: ConfusionMatrix, b: ConfusionMatrix): ConfusionMatrix => ({
  classes: a.classes,
  cells: Float64Array.from(a.cells, (cell, i) => cell + b.cells[i]!),
});

/** The two-class matrix of binary counts: class 0 negative, class 1 positive. */
export const matrixOf = (confusion: ConfusionCounts | ConfusionMatrix): ConfusionMatrix =>
  'cells' in confusion ? confusion : { classes: 2, cells: [confusion.tn, confusion.fp, confusion.fn, confusion.tp] };

/** Weight of each true class, of each predicted class, of the diagonal, and of all. */
export interface Margins {
  truth: Float64Array;
  predicted: Float64Array;
  right: number;
  all: number;
}

export function marginsOf({ classes, cells }: ConfusionMatrix): Margins {
  const truth = new Float64Array(classes);
  const predicted = new Float64Array(classes);
  let right = 0;
  for (let t = 0; t < classes; t++) {
    right += cells[t * classes + t]!;
    for (let p = 0; p < classes; p++) {
      truth[t]! += cells[t * classes + p]!;
      predicted[p]! += cells[t * classes + p]!;
    }
  }
  return { truth, predicted, right, all: total(cells) };
}

/** The binary counts of one class against all others. Cells are summed, not subtracted, so that an empty one is exactly 0. */
export function oneAgainstRest({ classes, cells }: ConfusionMatrix, positive: number): ConfusionCounts {
  const counts = { tp: 0, fp: 0, fn: 0, tn: 0 };
  for (let t = 0; t < classes; t++) {
    for (let p = 0; p < classes; p++) {
      const cell = t === positive ? (p === positive ? 'tp' : 'fn') : p === positive ? 'fp' : 'tn';
      counts[cell] += cells[t * classes + p]!;
    }
  }
  return counts;
}
