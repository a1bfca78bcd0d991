import {
  type Estimator,
  estimateWeighted,
  type PerformanceEstimate,
  type ScoredRows,
  weightedEstimator,
} from '../metrics/estimates/index.ts';
import type { RowSample } from '../profile/outcomes/row-sample.ts';
import { type CountsOf, chanceOfFit, shiftOf } from './shifted-sample.ts';

/** Estimates by a calibration weighted to the inputs as they are now. */
export interface WeightedEstimates {
  byMetric: Record<string, PerformanceEstimate>;
  effectiveRows: number;
  /** Why they must not be used; null where they may. */
  reason: string | null;
}

/** Chance of so poor a fit, below which the calibration no longer holds. */
export const MISFIT = 0.001;

/**
 * Estimates by calibrating on the baseline's sample weighted to the window's inputs, where these have shifted and the calibration no longer fits rows of that
 * mix; null where it does, and without a sample. A calibration of fewer rows promises too much, so a shift alone is no reason for one.
 */
export function weighEstimates(
  sample: RowSample | null,
  countsOf: CountsOf,
  cells: Omit<ScoredRows, 'probabilities'>,
  { calibration }: Estimator,
  seed: string,
): WeightedEstimates | null {
  if (sample === null) return null;
  const kept = Array.from(sample.labels.keys()).filter(
    (row) => sample.labels[row]! < 2 && sample.predictions[row]! < 2 && Number.isFinite(sample.scores[row]!),
  );
  const shift = shiftOf(sample, kept, countsOf);
  if (shift === null) return null;
  if ('reason' in shift) return { ...shift, byMetric: estimateWeighted({ estimator: null, ...shift }, cells) };
  const baseline: ScoredRows = {
    scores: Float64Array.from(kept, (row) => sample.scores[row]!),
    probabilities: Float64Array.from(kept, (row) => sample.labels[row]!),
    predictions: Float64Array.from(kept, (row) => sample.predictions[row]!),
  };
  if (chanceOfFit(baseline, shift.raking.weights, calibration) >= MISFIT) return null;
  const estimator = weightedEstimator(baseline, [], { seed }, shift.raking);
  return { byMetric: estimateWeighted(estimator, cells), effectiveRows: estimator.effectiveRows, reason: estimator.reason ?? null };
}

export const WEIGHTED = { calibration: 'weighted to the inputs' };

/** The estimate to be judged, and the parameters of its row: weighted where the inputs shifted and the weights can be trusted. */
export function betterOf(
  byMetric: Record<string, PerformanceEstimate>,
  weighted: WeightedEstimates | null,
  id: string,
): PerformanceEstimate & { parameters?: typeof WEIGHTED } {
  const better = weighted === null || weighted.reason !== null ? undefined : weighted.byMetric[id];
  return better?.value == null ? byMetric[id]! : { ...better, parameters: WEIGHTED };
}
