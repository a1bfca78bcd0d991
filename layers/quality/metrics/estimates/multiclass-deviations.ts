import { type ConfusionMatrix, marginsOf } from '../accuracy/confusion-matrix.ts';
import type { Outcome } from '../outcome.ts';
import { expectedAveragePrecision } from './expected-average-precision.ts';
import { expectedRocAuc } from './expected-roc-auc.ts';
import { expectedMatrix, type MulticlassEstimateId } from './multiclass-performance.ts';
import { certainties, classAgainstRest, type LabelledMulticlassRows } from './multiclass-rows.ts';
import { descending, rowsAt, type ScoredRows } from './scored-rows.ts';

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
  const matrix = expectedMatrix(rows, certainties(rows));
  const { right, all } = marginsOf(matrix);
  const hit = all > 0 ? right / all : null;
  return {
    accuracy: hit === null ? null : Math.sqrt(hit * (1 - hit)),
    precision: rateDeviation(matrix, RATES.precision),
    recall: rateDeviation(matrix, RATES.recall),
    specificity: rateDeviation(matrix, RATES.specificity),
    f1: rateDeviation(matrix, RATES.f1),
    roc_auc: rankDeviation(rows, expectedRocAuc, addPlacements),
    average_precision: rankDeviation(rows, (cells) => expectedAveragePrecision(cells, 'score'), addPrecisions),
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

type AddParts = (parts: Float64Array, cells: ScoredRows, value: number, classes: number) => void;

/** Deviation of the mean over classes of what rows of each class against the rest come to. */
function rankDeviation(rows: LabelledMulticlassRows, metric: (cells: ScoredRows) => Outcome, add: AddParts): number | null {
  const certain = certainties(rows);
  const parts = new Float64Array(rows.labels.length);
  for (let k = 0; k < rows.classes; k++) {
    const cells = classAgainstRest(rows, certain, k);
    const { value } = metric(cells);
    if (value === null) return null;
    add(parts, cells, value, rows.classes);
  }
  let [squares, all] = [0, 0];
  for (let i = 0; i < parts.length; i++) {
    const weight = rows.weights === undefined ? 1 : rows.weights[i]!;
    squares += weight * parts[i]! ** 2;
    all += weight;
  }
  return Math.sqrt(squares / all);
}

/** Of a row: the share of the other class it is rightly ranked against (ties one half) less the AUC, over the share of its own class. */
function addPlacements(parts: Float64Array, cells: ScoredRows, auc: number, classes: number): void {
  const order = descending(cells);
  const labels = cells.probabilities;
  const size = [0, 0];
  for (const row of order) size[labels[row]!]! += rowsAt(cells, row);
  const all = size[0]! + size[1]!;
  const above = [0, 0];
  for (let from = 0, to = 0; from < order.length; from = to) {
    const tied = [0, 0];
    for (; to < order.length && cells.scores[order[to]!] === cells.scores[order[from]!]; to++)
      tied[labels[order[to]!]!]! += rowsAt(cells, order[to]!);
    const negative = (above[1]! + tied[1]! / 2) / size[1]!;
    const positive = (size[0]! - above[0]! - tied[0]! / 2) / size[0]!;
    for (let at = from; at < to; at++) {
      const label = labels[order[at]!]!;
      parts[order[at]!]! += (((label === 1 ? positive : negative) - auc) * all) / size[label]! / classes;
    }
    above[0]! += tied[0]!;
    above[1]! += tied[1]!;
  }
}

/**
 * Of a row, with P(t) the precision and F(t) the share of rows at scores from t on, both averaged over the positives at t up to its score: of a positive
 * (P − AP) over the share of positives, and the mean of (1 − P(t))/F(t); of a negative less that of P(t)/F(t).
 */
function addPrecisions(parts: Float64Array, cells: ScoredRows, precision: number, classes: number): void {
  const order = descending(cells);
  const labels = cells.probabilities;
  const blocks: { from: number; to: number; hits: number; share: number; above: number }[] = [];
  let [found, seen] = [0, 0];
  for (let from = 0, to = 0; from < order.length; from = to) {
    let hits = 0;
    for (; to < order.length && cells.scores[order[to]!] === cells.scores[order[from]!]; to++) {
      hits += labels[order[to]!]! * rowsAt(cells, order[to]!);
      seen += rowsAt(cells, order[to]!);
    }
    found += hits;
    blocks.push({ from, to, hits, share: found / seen, above: seen });
  }
  let [gained, lost] = [0, 0];
  for (const { from, to, hits, share, above } of blocks.reverse()) {
    gained += (hits / found) * (1 - share) * (seen / above);
    lost += (hits / found) * share * (seen / above);
    const ofPositive = ((share - precision) * seen) / found + gained;
    for (let at = from; at < to; at++) parts[order[at]!]! += (labels[order[at]!] === 1 ? ofPositive : -lost) / classes;
  }
}
