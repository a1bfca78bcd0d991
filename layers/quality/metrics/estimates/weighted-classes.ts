import { calibrationFactor, completeEstimate } from './complete-estimate.ts';
import type { PerformanceEstimate } from './estimator.ts';
import type { Raking } from './importance-weights.ts';
import { fitIsotonic } from './isotonic-regression.ts';
import { labelCounts } from './label-counts.ts';
import { multiclassDeviations } from './multiclass-deviations.ts';
import { estimateMulticlass, type MulticlassEstimator } from './multiclass-estimate.ts';
import { MULTICLASS_ESTIMATES, type MulticlassEstimateId } from './multiclass-performance.ts';
import { certainties, classAgainstRest, type LabelledMulticlassRows, type MulticlassRows, unusableClasses } from './multiclass-rows.ts';
import { isSettled, needsCalibration } from './needs-calibration.ts';
import { distrust } from './weighted-estimator.ts';
import { holdOutWeighted } from './weighted-hold-out.ts';

export interface WeightedClasses {
  /** Null where the weights must not be trusted. */
  estimator: MulticlassEstimator | null;
  /** What its calibrations rest on. */
  effectiveRows: number;
  reason?: string;
}

/** `weightedEstimator` of several classes: of each against the rest a calibration under the weights of `rake`, one for each row; without bands. */
export function weightedClassEstimator(baseline: LabelledMulticlassRows, seed: string, raking: Raking): WeightedClasses {
  const { effectiveRows, weights } = raking;
  const reason =
    weights.length === baseline.labels.length ? (unusableClasses(baseline) ?? distrust(raking)) : 'other rows than the weights';
  if (reason !== null) return { estimator: null, effectiveRows, reason };
  const certain = certainties(baseline);
  const learned = Array.from({ length: baseline.classes }, (_, k) => {
    const cells = classAgainstRest(baseline, certain, k);
    const counts = labelCounts({ ...cells, rows: weights });
    const decision = needsCalibration(counts, holdOutWeighted(cells, weights, seed));
    return { decision, map: decision.needed || isSettled(counts) ? fitIsotonic(counts.scores, counts.positives, counts.rows) : null };
  });
  const estimator: MulticlassEstimator = {
    classes: baseline.classes,
    decisions: learned.map(({ decision }) => decision),
    calibrations: learned.map(({ map }) => map),
    bands: Object.fromEntries(MULTICLASS_ESTIMATES.map((id) => [id, null])) as MulticlassEstimator['bands'],
    deviations: multiclassDeviations({ ...baseline, weights }),
  };
  return { estimator, effectiveRows };
}

/** `estimateWeighted` of several classes: null where there is no estimator. */
export function estimateWeightedClasses(
  { estimator, effectiveRows }: WeightedClasses,
  rows: MulticlassRows,
): Record<MulticlassEstimateId, PerformanceEstimate> | null {
  if (estimator === null) return null;
  const plain = estimateMulticlass(estimator, rows);
  const widened = calibrationFactor(rows.predictions.length, effectiveRows);
  const complete = (id: MulticlassEstimateId): PerformanceEstimate => {
    const { samplingError, confidence, band, alarm, ...outcome } = plain[id];
    return completeEstimate(outcome, samplingError === null ? null : samplingError * widened, null, 1);
  };
  return Object.fromEntries(MULTICLASS_ESTIMATES.map((id) => [id, complete(id)])) as Record<MulticlassEstimateId, PerformanceEstimate>;
}
