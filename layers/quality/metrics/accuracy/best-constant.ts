import { NO_ROWS, noValue, type Outcome } from '../outcome.ts';
import { type ConfusionCounts, weightOf } from './confusion-counts.ts';
import { type ConfusionMatrix, marginsOf } from './confusion-matrix.ts';

/**
 * The counts that predicting one class for every row would have given: always positive, always negative, or the more frequent label (positive
 * on a tie). SageMaker's documentation prints the first as its "best constant classifier", its notebook the last.
 */
export function constantCounts({ tp, fp, fn, tn }: ConfusionCounts, predict: 'positive' | 'negative' | 'majority'): ConfusionCounts {
  const positive = predict === 'positive' || (predict === 'majority' && tp + fn >= fp + tn);
  return positive ? { tp: tp + fn, fp: fp + tn, fn: 0, tn: 0 } : { tp: 0, fp: 0, fn: tp + fn, tn: fp + tn };
}

/** The most a constant prediction can reach in a metric of which more is better: the bar a model has to clear. Null where neither has a value. */
export function bestConstant(counts: ConfusionCounts, metric: (counts: ConfusionCounts) => Outcome): Outcome {
  if (!(weightOf(counts) > 0)) return noValue(NO_ROWS);
  const both = [metric(constantCounts(counts, 'positive')), metric(constantCounts(counts, 'negative'))];
  const values = both.flatMap(({ value }) => value ?? []);
  return values.length > 0 ? { value: Math.max(...values) } : noValue(both[0]!.reason ?? 'no value for either class');
}

/** The matrix of always predicting the most frequent class (the first of several), on which its accuracy and averages are computed. */
export function constantMatrix(matrix: ConfusionMatrix): ConfusionMatrix {
  const { truth } = marginsOf(matrix);
  const most = truth.indexOf(Math.max(...truth));
  const cells = new Float64Array(matrix.cells.length);
  truth.forEach((weight, t) => {
    cells[t * matrix.classes + most] = weight;
  });
  return { classes: matrix.classes, cells };
}

/** Log loss of always giving the base rate as the score: the labels' entropy in nats. Range [0, ln 2]; null without rows. */
export function constantLogLoss(positives: number, negatives: number): Outcome {
  const all = positives + negatives;
  if (!(all > 0)) return noValue(NO_ROWS);
  const term = (weight: number): number => (weight > 0 ? -(weight / all) * Math.log(weight / all) : 0);
  return { value: term(positives) + term(negatives) };
}

/** Brier score of always giving the base rate: the labels' variance. Range [0, ¼]; null without rows. */
export const constantBrier = (positives: number, negatives: number): Outcome =>
  positives + negatives > 0 ? { value: (positives / (positives + negatives)) * (negatives / (positives + negatives)) } : noValue(NO_ROWS);
