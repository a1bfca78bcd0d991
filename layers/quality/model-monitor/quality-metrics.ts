import type { Problem } from '../contract/outcomes.ts';
import type { Report } from '../contract/report.ts';
import {
  accuracy,
  type ConfusionCounts,
  type ConfusionMatrix,
  classAverage,
  constantMatrix,
  f1,
  f2,
  f05,
  falseNegativeRate,
  falsePositiveRate,
  oneAgainstRest,
  precision,
  recall,
  specificity,
} from '../metrics/accuracy/index.ts';
import type { Outcome } from '../metrics/outcome.ts';
import { overallValue } from './overall-row.ts';

type Named<T> = readonly (readonly [name: string, T])[];

const CONSTANT = '_best_constant_classifier';
const POSITIVE = 1;

const ofCounts = (compute: (counts: ConfusionCounts) => Outcome) => (matrix: ConfusionMatrix) => compute(oneAgainstRest(matrix, POSITIVE));
const weighted = (compute: (counts: ConfusionCounts) => Outcome) => (matrix: ConfusionMatrix) => classAverage(matrix, compute, 'weighted');

/** What is said of the best constant classifier too. */
const OF_MATRIX: Record<'binary' | 'multiclass', Named<(matrix: ConfusionMatrix) => Outcome>> = {
  binary: [
    ['recall', ofCounts(recall)],
    ['precision', ofCounts(precision)],
    ['accuracy', accuracy],
    ['f0_5', ofCounts(f05)],
    ['f1', ofCounts(f1)],
    ['f2', ofCounts(f2)],
  ],
  multiclass: [
    ['accuracy', accuracy],
    ['weighted_recall', weighted(recall)],
    ['weighted_precision', weighted(precision)],
    ['weighted_f0_5', weighted(f05)],
    ['weighted_f1', weighted(f1)],
    ['weighted_f2', weighted(f2)],
  ],
};

const RATES: Named<(matrix: ConfusionMatrix) => Outcome> = [
  ['true_positive_rate', ofCounts(recall)],
  ['true_negative_rate', ofCounts(specificity)],
  ['false_positive_rate', ofCounts(falsePositiveRate)],
  ['false_negative_rate', ofCounts(falseNegativeRate)],
];

/** Those that are a metric of the report, over all rows. */
const OF_REPORT: Record<Problem, Named<string>> = {
  binary: [['auc', 'roc_auc']],
  multiclass: [],
  regression: [
    ['mae', 'mean_absolute_error'],
    ['mse', 'mean_squared_error'],
    ['rmse', 'root_mean_squared_error'],
    ['r2', 'r2'],
  ],
};

/** What a model-quality job emits: the scalars of its statistics.json. Without a value there is no metric. */
export function modelQualityMetrics(report: Report): { name: string; value: number }[] {
  const { performance } = report;
  if (performance === undefined) return [];
  const { problem, confusion } = performance;
  const outcomes: [string, number | null][] = OF_REPORT[problem].map(([name, metric]) => [name, overallValue(report, metric)]);
  if (problem !== 'regression' && confusion !== null) {
    const matrix = { classes: confusion.classes.length, cells: confusion.cells.flat() };
    const constant = constantMatrix(matrix);
    outcomes.push(
      ...OF_MATRIX[problem].map(([name, compute]): [string, number | null] => [name, compute(matrix).value]),
      ...(problem === 'binary' ? RATES : []).map(([name, compute]): [string, number | null] => [name, compute(matrix).value]),
      ...OF_MATRIX[problem].map(([name, compute]): [string, number | null] => [`${name}${CONSTANT}`, compute(constant).value]),
    );
  }
  return outcomes.flatMap(([name, value]) => (value !== null && Number.isFinite(value) ? [{ name, value }] : []));
}

/** Every name there is, whatever the problem. */
export const MODEL_QUALITY_METRICS: ReadonlySet<string> = new Set([
  ...Object.values(OF_MATRIX).flatMap((named) => named.flatMap(([name]) => [name, `${name}${CONSTANT}`])),
  ...[...RATES, ...Object.values(OF_REPORT).flat()].map(([name]) => name),
]);
