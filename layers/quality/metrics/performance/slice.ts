import { total } from '../../math/total.ts';
import { BIN, type GroupTable, SUM } from '../../profile/outcomes/group-table.ts';
import type { Outcomes } from '../../profile/outcomes/outcomes.ts';
import type { ClassProbabilities } from '../accuracy/class-probabilities.ts';
import type { ConfusionMatrix } from '../accuracy/confusion-matrix.ts';
import type { RegressionSums } from '../accuracy/regression-sums.ts';
import { noRegressionSums } from '../accuracy/regression-sums.ts';
import type { ScoredCounts } from '../accuracy/scored-counts.ts';
import { emptyCounts, type GroupCounts, scaleOf } from '../fairness/group-counts.ts';
import { type ClassLosses, classLosses } from './class-losses.ts';
import { type DecidedCells, decidedCells } from './decided-cells.ts';
import type { PredictionStrata } from './prediction-strata.ts';

/** What performance and fairness are computed of: some rows, by label, prediction and score. */
export interface Slice {
  /** Rows with a usable weight. */
  rows: number;
  /** Of a binary problem. */
  counts: GroupCounts;
  /** Labelled rows by score; null where there are no scores or they were not kept. */
  scored: ScoredCounts | null;
  /** Of a binary problem: rows by score, prediction and label; null where that was not kept. */
  decided?(): DecidedCells | null;
  /** Rows of weight 1 that tell as much as these, over their weight (of a regression: those with a label and a prediction): Kish (1965). */
  scale: number;
  /** Of a multiclass problem. */
  matrix: ConfusionMatrix | null;
  /** Of several classes: of all rows. */
  weight?: number;
  /** Of several classes: of the rows without a label, by predicted class. */
  unlabelled?: Float64Array;
  /** Of several classes, share of the weight that has a label; of a regression, of the rows. */
  labelled?: number;
  /** Of a regression, whose `rows` have a label and a prediction: those without one of them too. */
  allRows?: number;
  /** Of several classes with a score each: what the scores lose; null where that was not kept. */
  losses?: ClassLosses | null;
  /** Of several classes with a score each: the rows, over all of them only. */
  classRows?: ClassProbabilities;
  /** Of a regression. */
  sums: RegressionSums | null;
  /** Of a regression whose rows were sampled, over all of them only. */
  strata?: PredictionStrata;
  /** Of a regression: the rows, over all of them only. */
  errorRows?: { labels: Float64Array; predictions: Float64Array; weights?: Float64Array };
}

/** One combination of a table of a binary problem. Scores are those of bins, by their means, within the bins' bounds. */
export function binarySlice(table: GroupTable, place: number, bounds: { lows: ArrayLike<number>; highs: ArrayLike<number> } | null): Slice {
  const at = place * table.width;
  const cell = (label: number, prediction: number): number => table.cells[at + label * 3 + prediction]!;
  const counts: GroupCounts = {
    ...{ rows: table.cells[at + 9]!, squares: table.cells[at + 10]! },
    ...{ tp: cell(1, 1), fp: cell(0, 1), fn: cell(1, 0), tn: cell(0, 0) },
    ...{ positiveLabel: cell(1, 2), negativeLabel: cell(0, 2) },
    ...{ positivePrediction: cell(2, 1), negativePrediction: cell(2, 0) },
    neither: cell(2, 2),
  };
  const kept = table.bins > 0 && bounds !== null;
  let scored: ScoredCounts | null = null;
  let made = !kept;
  return {
    ...{ rows: counts.rows, counts, scale: scaleOf(counts), matrix: null, sums: null },
    // Of most groups nobody asks for the scores.
    get scored() {
      if (!made) {
        scored = scoredOf(table, place, bounds!);
        made = true;
      }
      return scored;
    },
    set scored(value) {
      scored = value;
      made = true;
    },
    decided: () => (kept && table.decided ? decidedCells(table, place, bounds) : null),
  };
}

function scoredOf(
  { scored, bins }: GroupTable,
  place: number,
  { lows, highs }: { lows: ArrayLike<number>; highs: ArrayLike<number> },
): ScoredCounts {
  const column = (): Float64Array => new Float64Array(bins);
  const found = { scores: column(), positives: column(), negatives: column(), lows: column(), highs: column(), others: column() };
  let count = 0;
  for (let bin = 0; bin < bins; bin++) {
    const at = (place * bins + bin) * BIN.width;
    const negative = scored[at + BIN.negative]! + scored[at + BIN.negativePredicted]!;
    const positive = scored[at + BIN.positive]! + scored[at + BIN.positivePredicted]!;
    if (negative + positive === 0) continue;
    const others = scored[at + BIN.otherwise]! + scored[at + BIN.predicted]!;
    found.scores[count] = Math.min(highs[bin]!, Math.max(lows[bin]!, scored[at + BIN.sum]! / (negative + positive + others)));
    found.others[count] = others;
    found.positives[count] = positive;
    found.negatives[count] = negative;
    found.lows[count] = lows[bin]!;
    found.highs[count++] = highs[bin]!;
  }
  return Object.fromEntries(Object.entries(found).map(([name, values]) => [name, values.subarray(0, count)])) as Record<
    keyof typeof found,
    Float64Array
  >;
}

/** Bounds of the group bins, from those of the fine ones. */
export function groupBounds(
  { lows, highs }: Outcomes,
  edges: Float64Array,
  coarse: Float64Array,
): { lows: Float64Array; highs: Float64Array } {
  const bounds = {
    lows: new Float64Array(coarse.length + 1).fill(Number.POSITIVE_INFINITY),
    highs: new Float64Array(coarse.length + 1).fill(Number.NEGATIVE_INFINITY),
  };
  let at = 0;
  for (let bin = 0; bin < lows.length; bin++) {
    while (bin > 0 && at < coarse.length && coarse[at]! <= edges[bin - 1]!) at++;
    bounds.lows[at] = Math.min(bounds.lows[at]!, lows[bin]!);
    bounds.highs[at] = Math.max(bounds.highs[at]!, highs[bin]!);
  }
  return bounds;
}

/** One combination of a table of a multiclass problem: rows with a label and a prediction. */
export function multiclassSlice(table: GroupTable, place: number, classes: number): Slice {
  const at = place * table.width;
  const cells = new Float64Array(classes * classes);
  for (let t = 0; t < classes; t++) for (let p = 0; p < classes; p++) cells[t * classes + p] = table.cells[at + t * (classes + 1) + p]!;
  const squares = table.cells[at + table.width - 1]!;
  const rows = table.cells[at + table.width - 2]!;
  const known = total(table.cells.subarray(at, at + classes * (classes + 1)));
  const unknown = total(table.cells.subarray(at + classes * (classes + 1), at + (classes + 1) ** 2));
  return {
    ...{
      rows,
      counts: NO_COUNTS,
      scored: null,
      scale: squares > 0 ? (known + unknown) / squares : 1,
      matrix: { classes, cells },
      sums: null,
    },
    ...{ weight: known + unknown, labelled: known > 0 ? known / (known + unknown) : 0, losses: classLosses(table, place, classes) },
    unlabelled: table.cells.slice(at + classes * (classes + 1), at + classes * (classes + 2)),
  };
}

/** One combination of a table of a regression: what sums tell. */
export function regressionSlice(table: GroupTable, place: number): Slice {
  const of = (sum: keyof typeof SUM): number => table.cells[place * table.width + SUM[sum]]!;
  const weight = of('weight');
  const [errorMean, labelMean] = weight > 0 ? [of('error') / weight, of('label') / weight] : [0, 0];
  const sums: RegressionSums = {
    ...noRegressionSums(),
    ...{ rows: of('rows'), weight, errorMean, labelMean, absoluteError: of('absolute'), squaredError: of('squared') },
    ...{ absoluteLabel: of('absoluteLabel'), errorByLabel: of('errorByLabel') },
    labelSquares: Math.max(0, of('labelSquared') - weight * labelMean * labelMean),
    errorSquares: Math.max(0, of('squared') - weight * errorMean * errorMean),
  };
  const squares = of('squares');
  const allRows = of('all');
  return {
    ...{ rows: sums.rows, counts: NO_COUNTS, scored: null, scale: squares > 0 ? weight / squares : 1, matrix: null, sums },
    ...{ allRows, labelled: allRows > 0 ? of('labelled') / allRows : 0 },
  };
}

const NO_COUNTS = emptyCounts();
