import { averagePrecision, type ConfusionMatrix, classScores, marginsOf, rocAuc, type ScoredCounts } from '../accuracy/index.ts';
import { placementParts, precisionParts, type RankParts, rankDeviation } from '../accuracy/rank-parts.ts';
import type { Outcome } from '../outcome.ts';
import { expectedMatrix, type MulticlassEstimateId } from './multiclass-performance.ts';
import { certainties, type LabelledMulticlassRows } from './multiclass-rows.ts';

/** Deviation of one row's part in each estimate; null where the baseline cannot tell. */
export type MulticlassDeviations = Record<MulticlassEstimateId, number | null>;

/** What a row of a true and a predicted class adds to the numerator and the denominator of a class's rate. */
type Rate = (truth: boolean, predicted: boolean) => [above: number, below: number];

const RATES: Record<'precision' | 'recall' | 'specificity' | 'f1', Rate> = {
  precision: (truth, predicted) => [+(truth && predicted), +predicted],
  recall: (truth, predicted) => [+(truth && predicted), +truth],
  specificity: (truth, predicted) => [+(!truth && !predicted), +!truth],
  f1: (truth, predicted) => [2 * +(truth && predicted), +truth + +predicted],
};

/**
 * How far chance moves each realised metric, from labelled rows: the standard error of n rows is deviation/√n. The deviation is that of a row's
 * part (influence) in the metric: for a rate A/B of a class (a − A/B·b)/E[b], for ROC AUC DeLong's two placements over their class's share, for average
 * precision what a row adds to the precision at its own score and at all below, and the mean of these over classes, so that what the classes' errors have in common is in it; for accuracy √(a(1 − a)). NannyML 0.13 takes the
 * classes for independent: the same for accuracy, precision and recall, not for the others. Classes whose rate has no rows have no part. Null
 * without rows, for ROC AUC and average precision also without a class. Hampel (1974), doi:10.1080/01621459.1974.10482962; DeLong et al. (1988), doi:10.2307/2531595.
 */
export function multiclassDeviations(rows: LabelledMulticlassRows): MulticlassDeviations {
  return {
    ...rateDeviations(expectedMatrix(rows, certainties(rows))),
    roc_auc: rankingDeviation(rows, rocAuc, placementParts),
    average_precision: rankingDeviation(rows, averagePrecision, precisionParts),
  };
}

type RateId = 'accuracy' | keyof typeof RATES;

/** Those of the rates of a matrix, counted or expected. */
export function rateDeviations(matrix: ConfusionMatrix): Record<RateId, number | null> {
  const { right, all } = marginsOf(matrix);
  const hit = all > 0 ? right / all : null;
  return {
    accuracy: hit === null ? null : Math.sqrt(hit * (1 - hit)),
    precision: rateDeviation(matrix, RATES.precision),
    recall: rateDeviation(matrix, RATES.recall),
    specificity: rateDeviation(matrix, RATES.specificity),
    f1: rateDeviation(matrix, RATES.f1),
  };
}

/** Every row of a cell has the same part, so the cells are enough. */
function rateDeviation({ classes, cells }: ConfusionMatrix, rate: Rate): number | null {
  const parts = new Float64Array(cells.length);
  let all = 0;
  for (let cell = 0; cell < cells.length; cell++) all += cells[cell]!;
  if (!(all > 0)) return null;
  const each = (k: number, visit: (cell: number, above: number, below: number) => void): void => {
    for (let cell = 0; cell < cells.length; cell++) visit(cell, ...rate(Math.floor(cell / classes) === k, cell % classes === k));
  };
  for (let k = 0; k < classes; k++) {
    let [numerator, denominator] = [0, 0];
    each(k, (cell, above, below) => {
      numerator += cells[cell]! * above;
      denominator += cells[cell]! * below;
    });
    if (!(denominator > 0)) continue;
    each(k, (cell, above, below) => {
      parts[cell]! += ((above - (numerator / denominator) * below) * all) / denominator / classes;
    });
  }
  return Math.sqrt(parts.reduce((sum, part, cell) => sum + cells[cell]! * part * part, 0) / all);
}

/** Deviation of the mean over classes of what rows of each class against the rest come to. */
function rankingDeviation(
  rows: LabelledMulticlassRows,
  metric: (counts: ScoredCounts) => Outcome,
  partsOf: (counts: ScoredCounts, value: number) => RankParts,
): number | null {
  const perClass = Array.from({ length: rows.classes }, (_, k) => classScores(rows, k));
  const parts: RankParts[] = [];
  for (const counts of perClass) {
    const { value } = metric(counts);
    if (value === null) return null;
    parts.push(partsOf(counts, value));
  }
  return rankDeviation(rows, perClass, parts);
}
