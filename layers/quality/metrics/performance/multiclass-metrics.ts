import { countPosterior } from '../../math/intervals/count-posterior.ts';
import type { Interval } from '../../math/intervals/interval.ts';
import {
  accuracy,
  averagePrecision,
  balancedAccuracy,
  type ClassProbabilities,
  type ConfusionMatrix,
  classAverage,
  classWeights,
  cohenKappa,
  constantMatrix,
  expectedCalibrationError,
  f1,
  f2,
  f05,
  marginsOf,
  matthewsCorrelation,
  once,
  precision,
  recall,
  rocAuc,
  rocAucOneAgainstRest,
  type ScoredCounts,
  specificity,
} from '../accuracy/index.ts';
import { placementParts, precisionParts, type RankParts } from '../accuracy/rank-parts.ts';
import { noValue, type Outcome } from '../outcome.ts';
import { classBrierScore, classLogLoss } from './class-losses.ts';
import { classMetrics } from './class-metrics.ts';
import { scoresPerClass, topLabelScores } from './class-scores.ts';
import { classShare, NEEDS_CLASS_SCORES, NO_PAIRS, RATE } from './class-share.ts';
import { calibrationInterval } from './draw-scores.ts';
import { AUC_PRIOR, PRECISION_PRIOR, type RankingPrior, rankingInterval } from './multiclass-intervals.ts';
import type { PerformanceMetric } from './performance-metric.ts';
import type { Slice } from './slice.ts';

/**
 * Half a row of each class that is taken for it, and half for the others: Jeffreys' prior of recall, where one spread evenly would have it at 1/k. None of a
 * class that is never labelled or never predicted: its recall or precision counts as 0, and stays so.
 */
function priorOf({ classes, cells }: ConfusionMatrix): number[] {
  const { truth, predicted } = marginsOf({ classes, cells });
  return Array.from(cells, (_, i) => {
    const [label, prediction] = [Math.floor(i / classes), i % classes];
    if (truth[label] === 0 || predicted[prediction] === 0) return 0;
    return label === prediction ? 0.5 : 0.5 / (classes - 1);
  });
}

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
      return countPosterior(drawn, statistic, { prior: priorOf(matrix), seed, rounds: 400 });
    },
  };
}

const average = (metric: (counts: Parameters<typeof recall>[0]) => Outcome, kind: 'macro' | 'weighted') => (matrix: ConfusionMatrix) =>
  classAverage(matrix, metric, kind);

/** What needs the score of every class, row by row. */
const ofRows = (
  id: string,
  compute: (rows: ClassProbabilities) => Outcome,
  intervalOf: (rows: ClassProbabilities, value: number, slice: Slice, seed: string) => Interval | null,
  of: Partial<PerformanceMetric>,
): PerformanceMetric => ({
  ...{ id, problem: 'multiclass', better: 'low', segments: false },
  compute: ({ classRows }) => (classRows === undefined ? noValue(NEEDS_CLASS_SCORES) : compute(classRows)),
  interval(slice, seed) {
    const { classRows } = slice;
    const value = classRows === undefined ? null : compute(classRows).value;
    return value === null ? null : intervalOf(classRows!, value, slice, seed);
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
      const counts = scoresPerClass(rows);
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

/** Plain mean of the classes' average precision, each against the rest; null without one of them. */
function meanPrecision(rows: ClassProbabilities): Outcome {
  const each = scoresPerClass(rows).map(averagePrecision);
  const missing = each.find(({ value }) => value === null);
  return missing ?? { value: each.reduce((sum, { value }) => sum + value!, 0) / each.length };
}

const calibrationError = once((counts) => expectedCalibrationError(counts));

/** Of the most probable class: whether its score is how often it is the label. */
const topLabelError = ofRows(
  'expected_calibration_error',
  (rows) => calibrationError(topLabelScores(rows)),
  (rows, _, { scale }, seed) =>
    calibrationInterval(topLabelScores(rows), { of: calibrationError, scale, seed: `${seed} expected_calibration_error` }),
  {},
);

/** Every metric of a model of several classes: over all, then of each class against the rest. */
export const multiclassMetrics = (classes: readonly string[]): PerformanceMetric[] => [
  classShare('accuracy', (matrix) => [marginsOf(matrix).right, marginsOf(matrix).all], { check: RATE }),
  { ...ofMatrix('accuracy', (matrix) => accuracy(constantMatrix(matrix)), { predictor: 'best_constant' }), interval: () => null },
  ofMatrix('balanced_accuracy', balancedAccuracy),
  ...(['macro', 'weighted'] as const).flatMap((kind) => [
    ofMatrix('precision', average(precision, kind), { average: kind }),
    ofMatrix('recall', average(recall, kind), { average: kind }),
    ofMatrix('specificity', average(specificity, kind), { average: kind }),
    ofMatrix('f0_5', average(f05, kind), { average: kind }),
    ofMatrix('f1', average(f1, kind), { average: kind }),
    ofMatrix('f2', average(f2, kind), { average: kind }),
  ]),
  ofMatrix('matthews_correlation', matthewsCorrelation),
  ofMatrix('cohen_kappa', cohenKappa),
  ranking('roc_auc', rocAuc, (rows) => rocAucOneAgainstRest(scoresPerClass(rows), classWeights(rows), 'macro'), placementParts, AUC_PRIOR),
  ranking('average_precision', averagePrecision, meanPrecision, precisionParts, PRECISION_PRIOR),
  classLogLoss,
  classBrierScore,
  topLabelError,
  ...classes.flatMap((name, k) => classMetrics(name, k, classes.length)),
];
