import {
  certainties,
  classAgainstRest,
  completeEstimate,
  estimateWeightedClasses,
  type LabelledMulticlassRows,
  MULTICLASS_ESTIMATES,
  type MulticlassEstimator,
  type MulticlassRows,
  type PerformanceEstimate,
  weightedClassEstimator,
} from '../metrics/estimates/index.ts';
import { noValue } from '../metrics/outcome.ts';
import type { RowSample } from '../profile/outcomes/row-sample.ts';
import { type CountsOf, chanceOfFit, shiftOf } from './shifted-sample.ts';
import { MISFIT, type WeightedEstimates } from './weigh-estimates.ts';

/** Rows of the baseline's sample with label, prediction and scores, by their places in it. */
export interface LabelledSample {
  sample: RowSample;
  kept: number[];
  rows: LabelledMulticlassRows;
}

/** `weighEstimates` of several classes: null where the calibration of every class fits rows of that mix. */
export function weighClasses(
  { sample, kept, rows }: LabelledSample,
  countsOf: CountsOf,
  now: MulticlassRows,
  { calibrations }: MulticlassEstimator,
  seed: string,
): WeightedEstimates | null {
  const shift = shiftOf(sample, kept, countsOf);
  if (shift === null) return null;
  if ('reason' in shift) return without(shift.reason, shift.effectiveRows);
  const { weights } = shift.raking;
  const certain = certainties(rows);
  const fits = calibrations.every(
    (map, k) => chanceOfFit(classAgainstRest(rows, certain, k), weights, map) >= MISFIT / calibrations.length,
  );
  if (fits) return null;
  const estimator = weightedClassEstimator(rows, seed, shift.raking);
  const byMetric = estimateWeightedClasses(estimator, now);
  const { effectiveRows, reason = 'no estimator' } = estimator;
  return byMetric === null ? without(reason, effectiveRows) : { byMetric, effectiveRows, reason: null };
}

const without = (reason: string, effectiveRows: number): WeightedEstimates => {
  const none = (): PerformanceEstimate => completeEstimate(noValue(reason), null, null, 1);
  return { byMetric: Object.fromEntries(MULTICLASS_ESTIMATES.map((id) => [id, none()])), effectiveRows, reason };
};
