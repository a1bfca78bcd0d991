import { oneAgainstRest } from '../accuracy/index.ts';
import { emptyCounts } from '../fairness/group-counts.ts';
import { noValue } from '../outcome.ts';
import { BINARY_METRICS } from './binary-metrics.ts';
import { classRatio } from './class-promises.ts';
import { scoresPerClass } from './class-scores.ts';
import { classShare, NEEDS_CLASS_SCORES, RATE, type Share } from './class-share.ts';
import type { PerformanceMetric } from './performance-metric.ts';
import type { Slice } from './slice.ts';

/** Of more classes segments have no recall of each: a table of them would be too wide to read. */
const MOST_IN_SEGMENTS = 10;

const OF_CELLS = ['true_positive_count', 'false_positive_count', 'false_negative_count', 'true_negative_count', 'specificity', 'f1'];
const OF_SCORES = ['roc_auc', 'average_precision'];

/** What a class is called positive of, all others negative. */
function againstRest(slice: Slice, k: number): Slice {
  const { rows, scale, matrix, classRows } = slice;
  return {
    ...{ rows, scale, matrix: null, sums: null },
    counts: { ...emptyCounts(), ...(matrix !== null && oneAgainstRest(matrix, k)) },
    scored: classRows === undefined ? null : scoresPerClass(classRows)[k]!,
  };
}

/** A metric of two classes, of one class against the rest. */
const ofTwo = (id: string, name: string, k: number): PerformanceMetric => {
  const metric = BINARY_METRICS.find((each) => each.id === id && each.parameters === undefined)!;
  const scored = OF_SCORES.includes(id);
  return {
    ...{ id, problem: 'multiclass', better: metric.better, segments: false, parameters: { class: name } },
    compute: (slice) => (scored && slice.classRows === undefined ? noValue(NEEDS_CLASS_SCORES) : metric.compute(againstRest(slice, k))),
    interval: (slice, seed) => metric.interval(againstRest(slice, k), seed),
  };
};

/** Every metric of one class against the rest. */
export const classMetrics = (name: string, k: number, classes: number): PerformanceMetric[] => [
  classShare(
    'precision',
    partsOf(k, 'fp'),
    { parameters: { class: name }, segments: false, ofPrediction: true },
    'no prediction is of the class',
  ),
  classShare(
    'recall',
    partsOf(k, 'fn'),
    { parameters: { class: name }, check: RATE, segments: classes <= MOST_IN_SEGMENTS },
    'no label is of the class',
  ),
  ...[...OF_CELLS, ...OF_SCORES].map((id) => ofTwo(id, name, k)),
  classRatio(name, k),
];

const partsOf =
  (k: number, other: 'fp' | 'fn'): Share =>
  (matrix) => {
    const counts = oneAgainstRest(matrix, k);
    return [counts.tp, counts.tp + counts[other]];
  };
