import { countPosterior } from '../../math/intervals/count-posterior.ts';
import type { Interval } from '../../math/intervals/interval.ts';
import { wilsonInterval } from '../../math/wilson-interval.ts';
import {
  accuracy,
  averagePrecision,
  balancedAccuracy,
  type ClassLoss,
  type ClassProbabilities,
  type ConfusionMatrix,
  classAverage,
  classScores,
  classWeights,
  cohenKappa,
  constantMatrix,
  f1,
  LEAST_PROBABILITY,
  logarithmicLoss,
  marginsOf,
  matthewsCorrelation,
  multiclassBrier,
  multiclassLogLoss,
  oneAgainstRest,
  precision,
  recall,
  rocAuc,
  rocAucOneAgainstRest,
  type ScoredCounts,
  specificity,
  squaredLoss,
} from '../accuracy/index.ts';
import { placementParts, precisionParts, type RankParts } from '../accuracy/rank-parts.ts';
import { noValue, type Outcome } from '../outcome.ts';
import { AUC_PRIOR, classLossInterval, PRECISION_PRIOR, type RankingPrior, rankingInterval } from './multiclass-intervals.ts';
import type { PerformanceMetric } from './performance-metric.ts';
import type { Slice } from './slice.ts';

/** Of more classes segments have no recall of each: a table of them would be too wide to read. */
const MOST_IN_SEGMENTS = 10;
const NO_PAIRS = 'no rows with label and prediction';
const RATE = { warn: 0.02, fail: 0.05 };

/** Half a row of each class that is taken for it, and half for the others: Jeffreys' prior of recall, where one spread evenly would have it at 1/k. */
const priorOf = (classes: number): number[] =>
  Array.from({ length: classes * classes }, (_, i) => (Math.floor(i / classes) === i % classes ? 0.5 : 0.5 / (classes - 1)));

/** What is computed of the matrix and is no share: its interval draws the cells anew, the same for all, so that balanced accuracy and the recall it is have one. */
function ofMatrix(
  id: string,
  compute: (matrix: ConfusionMatrix) => Outcome,
  parameters?: PerformanceMetric['parameters'],
): PerformanceMetric {
  return {
    ...{ id, problem: 'multiclass', better: 'high', segments: false },
    ...(parameters && { parameters }),
    compute: ({ matrix, rows }) => (matrix !== null && rows > 0 && marginsOf(matrix).all > 0 ? compute(matrix) : noValue(NO_PAIRS)),
    interval({ matrix, scale }, seed) {
      if (matrix === null) return null;
      const drawn = Array.from(matrix.cells, (cell) => cell * scale);
      const statistic = (cells: Float64Array): number | null => compute({ classes: matrix.classes, cells }).value;
      return countPosterior(drawn, statistic, { prior: priorOf(matrix.classes), seed, rounds: 400 });
    },
  };
}

function share(
  id: string,
  parts: (matrix: ConfusionMatrix) => [number, number],
  of: Partial<PerformanceMetric>,
  lack = NO_PAIRS,
): PerformanceMetric {
  const fraction = ({ matrix, scale }: Slice): [number, number] => {
    const [hits, rows] = matrix === null ? [0, 0] : parts(matrix);
    return [hits * scale, rows * scale];
  };
  return {
    ...{ id, problem: 'multiclass', better: 'high', segments: true, fraction },
    compute(slice) {
      const [hits, rows] = fraction(slice);
      if (rows > 0) return { value: hits / rows };
      return noValue(slice.matrix !== null && marginsOf(slice.matrix).all > 0 ? lack : NO_PAIRS);
    },
    interval(slice) {
      const [hits, rows] = fraction(slice);
      return rows > 0 ? wilsonInterval(hits, rows) : null;
    },
    ...of,
  };
}

const average = (metric: (counts: Parameters<typeof recall>[0]) => Outcome, kind: 'macro' | 'weighted') => (matrix: ConfusionMatrix) =>
  classAverage(matrix, metric, kind);

/** What needs the score of every class, row by row. */
const ofRows = (
  id: string,
  compute: (rows: ClassProbabilities) => Outcome,
  intervalOf: (rows: ClassProbabilities, value: number) => Interval | null,
  of: Partial<PerformanceMetric>,
): PerformanceMetric => ({
  ...{ id, problem: 'multiclass', better: 'low', segments: false },
  compute: ({ classRows }) =>
    classRows === undefined ? noValue('needs rows, with a score of every class (--score COLUMN=CLASS)') : compute(classRows),
  interval({ classRows }) {
    const value = classRows === undefined ? null : compute(classRows).value;
    return value === null ? null : intervalOf(classRows!, value);
  },
  ...of,
});

/** How each class is ranked against the rest, on average. */
const ranking = (
  id: string,
  metric: (counts: ScoredCounts) => Outcome,
  compute: (rows: ClassProbabilities) => Outcome,
  partsOf: (counts: ScoredCounts, value: number) => RankParts,
  prior: RankingPrior,
): PerformanceMetric =>
  ofRows(
    id,
    compute,
    (rows, value) => {
      const counts = perClass(rows);
      return rankingInterval(
        rows,
        counts,
        counts.map((each) => partsOf(each, metric(each).value!)),
        value,
        prior,
      );
    },
    { better: 'high', parameters: { average: 'macro' } },
  );

const loss = (
  id: string,
  compute: (rows: ClassProbabilities) => Outcome,
  of: ClassLoss,
  most: (classes: number) => number,
): PerformanceMetric =>
  ofRows(id, compute, (rows) => classLossInterval(rows, (row, label) => of(rows, row, label), most(rows.classes)), {});

/** Plain mean of the classes' average precision, each against the rest; null without one of them. */
function meanPrecision(rows: ClassProbabilities): Outcome {
  const each = perClass(rows).map(averagePrecision);
  const missing = each.find(({ value }) => value === null);
  return missing ?? { value: each.reduce((sum, { value }) => sum + value!, 0) / each.length };
}

const scoresOfClasses = new WeakMap<ClassProbabilities, ScoredCounts[]>();

function perClass(rows: ClassProbabilities): ScoredCounts[] {
  let found = scoresOfClasses.get(rows);
  if (found === undefined) scoresOfClasses.set(rows, (found = Array.from({ length: rows.classes }, (_, k) => classScores(rows, k))));
  return found;
}

/** Every metric of a model of several classes: over all, then of each class against the rest. */
export const multiclassMetrics = (classes: readonly string[]): PerformanceMetric[] => [
  share('accuracy', (matrix) => [marginsOf(matrix).right, marginsOf(matrix).all], { check: RATE }),
  { ...ofMatrix('accuracy', (matrix) => accuracy(constantMatrix(matrix)), { predictor: 'best_constant' }), interval: () => null },
  ofMatrix('balanced_accuracy', balancedAccuracy),
  ...(['macro', 'weighted'] as const).flatMap((kind) => [
    ofMatrix('precision', average(precision, kind), { average: kind }),
    ofMatrix('recall', average(recall, kind), { average: kind }),
    ofMatrix('specificity', average(specificity, kind), { average: kind }),
    ofMatrix('f1', average(f1, kind), { average: kind }),
  ]),
  ofMatrix('matthews_correlation', matthewsCorrelation),
  ofMatrix('cohen_kappa', cohenKappa),
  ranking('roc_auc', rocAuc, (rows) => rocAucOneAgainstRest(perClass(rows), classWeights(rows), 'macro'), placementParts, AUC_PRIOR),
  ranking('average_precision', averagePrecision, meanPrecision, precisionParts, PRECISION_PRIOR),
  loss('log_loss', multiclassLogLoss, logarithmicLoss, () => -Math.log(LEAST_PROBABILITY)),
  // Of scores that do not sum to 1 every class may cost 1.
  loss('brier_score', multiclassBrier, squaredLoss, (classes) => classes),
  ...classes.flatMap((name, k) => [
    share(
      'precision',
      (matrix) => partsOf(matrix, k, ({ tp, fp }) => [tp, tp + fp]),
      { parameters: { class: name }, segments: false },
      'no prediction is of the class',
    ),
    share(
      'recall',
      (matrix) => partsOf(matrix, k, ({ tp, fn }) => [tp, tp + fn]),
      { parameters: { class: name }, check: RATE, segments: classes.length <= MOST_IN_SEGMENTS },
      'no label is of the class',
    ),
  ]),
];

const partsOf = (
  matrix: ConfusionMatrix,
  k: number,
  of: (counts: ReturnType<typeof oneAgainstRest>) => [number, number],
): [number, number] => of(oneAgainstRest(matrix, k));
