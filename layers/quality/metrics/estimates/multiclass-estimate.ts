import { total } from '../../math/total.ts';
import { noValue } from '../outcome.ts';
import { alarmBand, type Band } from './alarm-band.ts';
import { calibrateClasses } from './class-calibration.ts';
import { calibrationFactor, completeEstimate } from './complete-estimate.ts';
import type { EstimatorOptions, PerformanceEstimate } from './estimator.ts';
import { fitIsotonic, type Isotonic } from './isotonic-regression.ts';
import { labelCounts } from './label-counts.ts';
import { type MulticlassDeviations, multiclassDeviations, rateDeviations } from './multiclass-deviations.ts';
import { expectedMatrix, MULTICLASS_ESTIMATES, type MulticlassEstimateId, multiclassPerformance } from './multiclass-performance.ts';
import { certainties, classAgainstRest, type LabelledMulticlassRows, type MulticlassRows, unusableClasses } from './multiclass-rows.ts';
import { type CalibrationDecision, holdOut, isSettled, needsCalibration } from './needs-calibration.ts';

/** All that a baseline keeps to estimate a model of several classes later: plain numbers, so that it can be stored. */
export interface MulticlassEstimator {
  classes: number;
  /** Of each class against the rest. */
  decisions: CalibrationDecision[];
  /** Null where the class's scores are taken as probabilities. */
  calibrations: (Isotonic | null)[];
  bands: Record<MulticlassEstimateId, Band | null>;
  deviations: MulticlassDeviations;
  /** With a label; absent in older baselines. */
  rows?: number;
}

const rowsOf = ({ predictions, weights }: MulticlassRows): number => (weights === undefined ? predictions.length : total(weights));

const record = <T>(of: (id: MulticlassEstimateId) => T): Record<MulticlassEstimateId, T> =>
  Object.fromEntries(MULTICLASS_ESTIMATES.map((id) => [id, of(id)])) as Record<MulticlassEstimateId, T>;

/**
 * Learns from labelled rows how to estimate a model of several classes without labels: of each class against the rest a calibration on all rows if
 * held-out rows say it helps, each metric's deviation, and its alarm band from the realised values in the chunks (one of no use or without a
 * class has none). A class that no row is of is expected of none, whatever its scores promise. From rows of no use it learns nothing, and says why in
 * its decisions. CBPE, NannyML 0.13; the parts held out are its own.
 */
export function fitMulticlassEstimator(
  baseline: LabelledMulticlassRows,
  chunks: readonly LabelledMulticlassRows[],
  { seed, calibrate = 'as measured' }: Pick<EstimatorOptions, 'seed' | 'calibrate'>,
): MulticlassEstimator {
  const reason = unusableClasses(baseline);
  const learned = Array.from({ length: baseline.classes }, (_, k) =>
    reason === null
      ? learnClass(baseline, k, seed, calibrate)
      : { decision: { needed: false, before: null, after: null, reason }, map: null },
  );
  const realised = chunks
    .filter((chunk) => unusableClasses(chunk) === null)
    .map((chunk) => multiclassPerformance(chunk, certainties(chunk)));
  return {
    classes: baseline.classes,
    decisions: learned.map(({ decision }) => decision),
    calibrations: learned.map(({ map }) => map),
    bands: record((id) =>
      alarmBand(
        realised.map((performance) => performance[id].value),
        0,
        1,
      ),
    ),
    deviations: reason === null ? multiclassDeviations(baseline) : record(() => null),
    rows: rowsOf(baseline),
  };
}

function learnClass(
  baseline: LabelledMulticlassRows,
  positive: number,
  seed: string,
  wanted: NonNullable<EstimatorOptions['calibrate']>,
): { decision: CalibrationDecision; map: Isotonic | null } {
  const counts = labelCounts(classAgainstRest(baseline, certainties(baseline), positive));
  const decision = needsCalibration(counts, holdOut(counts, seed));
  const calibrated = wanted === 'always' || (wanted === 'as measured' && (decision.needed || isSettled(counts)));
  return { decision, map: calibrated ? fitIsotonic(counts.scores, counts.positives, counts.rows) : null };
}

/** How far chance moves the rates of rows some of which have no label, as the calibrated scores have it; rankings as those with one show it. */
export const expectedClassDeviations = ({ calibrations, deviations }: MulticlassEstimator, rows: MulticlassRows): MulticlassDeviations => ({
  ...deviations,
  ...rateDeviations(expectedMatrix(rows, calibrateClasses(rows, calibrations))),
});

/**
 * The estimates of rows without labels, each with its sampling error (deviation/√rows), confidence band and alarm; null with the reason where the
 * rows are of no use or have another number of classes. What the calibration itself is off by is in the band, not in the error.
 */
export function estimateMulticlass(
  { classes, calibrations, deviations, bands, rows: learned }: MulticlassEstimator,
  rows: MulticlassRows,
): Record<MulticlassEstimateId, PerformanceEstimate> {
  const reason = rows.classes === classes ? unusableClasses(rows) : 'another number of classes than in the baseline';
  if (reason !== null) return record((id) => completeEstimate(noValue(reason), null, bands[id], 1));
  const performance = multiclassPerformance(rows, calibrateClasses(rows, calibrations));
  const all = rowsOf(rows);
  const widened = calibrationFactor(all, learned);
  return record((id) => {
    // An older baseline has not all of them.
    const deviation = deviations[id] ?? null;
    return completeEstimate(performance[id], deviation === null ? null : deviation / Math.sqrt(all), bands[id] ?? null, 1, widened);
  });
}
