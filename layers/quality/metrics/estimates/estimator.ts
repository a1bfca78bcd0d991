import { total } from '../../math/total.ts';
import type { Outcome } from '../outcome.ts';
import { alarmBand, type Band } from './alarm-band.ts';
import { MOST_UNCOVERED } from './binned-column.ts';
import { calibrate } from './calibrate.ts';
import { calibrationFactor, completeEstimate } from './complete-estimate.ts';
import { ESTIMATES, type EstimateId, estimatePerformance, ofNone } from './estimate-performance.ts';
import { fitIsotonic, type Isotonic } from './isotonic-regression.ts';
import { labelCounts } from './label-counts.ts';
import { type CalibrationDecision, holdOut, needsCalibration } from './needs-calibration.ts';
import { type DeviationOptions, type Deviations, isCount, samplingDeviations, samplingError } from './sampling-deviations.ts';
import { joinCells, rowsAt, type ScoredRows, unusable } from './scored-rows.ts';

/** All that a baseline keeps to estimate later: plain numbers, so that it can be stored. */
export interface Estimator {
  decision: CalibrationDecision;
  /** Null where scores are taken as probabilities. */
  calibration: Isotonic | null;
  deviations: Deviations;
  bands: Record<EstimateId, Band | null>;
  /** Least and greatest score of a row with a label; null without rows, absent in older baselines. */
  range?: [number, number] | null;
  /** With a label; absent in older baselines. */
  rows?: number;
}

export interface EstimatorOptions {
  /** Of the parts of the decision and the bootstrap: the baseline's hash. */
  seed: string;
  calibrate?: 'as measured' | 'always' | 'never';
  rocAuc?: DeviationOptions['rocAuc'];
}

export interface PerformanceEstimate extends Outcome {
  samplingError: number | null;
  /** value ± 3 sampling errors, wider by what the calibration is off by, held within the metric's range. */
  confidence: Band | null;
  band: Band | null;
  /** Whether the estimate lies outside the band; null where either is missing. */
  alarm: boolean | null;
}

const most = (id: EstimateId): number => (isCount(id) ? Number.POSITIVE_INFINITY : 1);

/**
 * Learns from a labelled baseline how to estimate without labels: the calibration on all its rows if held-out rows say it helps, each metric's
 * sampling deviation, and its alarm band from the realised values in the baseline's chunks. Average precision by row has the band of that by
 * score, as NannyML has it. Counts are only comparable between chunks of one size. From a baseline of no use (no rows, a score that is not finite)
 * it learns nothing, and says why in its decision.
 */
export function fitEstimator(baseline: ScoredRows, chunks: readonly ScoredRows[], options: EstimatorOptions): Estimator {
  const reason = unusable(baseline);
  const reference = joinCells(reason === null ? baseline : { scores: [], probabilities: [], predictions: [] });
  const counts = labelCounts(reference);
  const measured = needsCalibration(counts, holdOut(counts, options.seed));
  const decision = reason === null ? measured : { ...measured, reason };
  const wanted = options.calibrate ?? 'as measured';
  const calibrated = wanted === 'always' || (wanted === 'as measured' && decision.needed);
  const realised = chunks.map((chunk) => estimatePerformance(chunk));
  const band = (id: EstimateId): Band | null => {
    const from = id === 'average_precision_by_row' ? 'average_precision' : id;
    return alarmBand(
      realised.map((performance) => performance[from].value),
      0,
      most(id),
    );
  };
  return {
    decision,
    calibration: calibrated ? fitIsotonic(counts.scores, counts.positives, counts.rows) : null,
    deviations: samplingDeviations(reference, options),
    bands: Object.fromEntries(ESTIMATES.map((id) => [id, band(id)])) as Record<EstimateId, Band | null>,
    range: scoreRange(counts),
    rows: total(counts.rows),
  };
}

/** How far chance moves each metric of rows some of which have no label, as the calibrated scores have it (see samplingDeviations). */
export const expectedDeviations = (
  estimator: Pick<Estimator, 'calibration'>,
  rows: Omit<ScoredRows, 'probabilities'>,
  seed: string,
): Deviations => samplingDeviations({ ...rows, probabilities: probabilitiesOf(estimator, rows) }, { seed });

/** Scores as the calibration reads them; as they are without one. */
export const probabilitiesOf = ({ calibration }: Pick<Estimator, 'calibration'>, { scores }: Pick<ScoredRows, 'scores'>): Float64Array =>
  Float64Array.from(scores, (score) => (calibration === null ? score : calibrate(calibration, score)));

export const scoreRange = ({ scores }: { scores: readonly number[] }): [number, number] | null =>
  scores.length > 0 ? [scores[0]!, scores.at(-1)!] : null;

/**
 * The estimates of rows without labels, each with its sampling error, confidence band and alarm. All null where the scores of more than 5 % of the rows
 * lie beyond those of the baseline's rows with a label: of these nothing was learned.
 */
export function estimateUnlabelled(
  { calibration, deviations, bands, range = null, rows: learned }: Estimator,
  unlabelled: Omit<ScoredRows, 'probabilities'>,
): Record<EstimateId, PerformanceEstimate> {
  const probabilities = probabilitiesOf({ calibration }, unlabelled);
  const beyond = scoresBeyond(range, unlabelled);
  const performance = beyond !== null ? ofNone(beyond) : estimatePerformance({ ...unlabelled, probabilities });
  const rows = unlabelled.rows === undefined ? unlabelled.scores.length : total(unlabelled.rows);
  const widened = calibrationFactor(rows, learned);
  const complete = (id: EstimateId): PerformanceEstimate => {
    const { value } = performance[id];
    const error = value === null ? null : samplingError(id, deviations[id], rows);
    return completeEstimate(performance[id], error, bands[id], most(id), widened);
  };
  return Object.fromEntries(ESTIMATES.map((id) => [id, complete(id)])) as Record<EstimateId, PerformanceEstimate>;
}

/** Why nothing is estimated of scores of which nothing was learned; null where few of them lie there. */
export const scoresBeyond = (range: Estimator['range'], cells: Omit<ScoredRows, 'probabilities'>): string | null =>
  range != null && shareBeyond(cells, range) > MOST_UNCOVERED
    ? "too many scores lie beyond those of the baseline's rows with a label"
    : null;

function shareBeyond(cells: Omit<ScoredRows, 'probabilities'>, [least, greatest]: [number, number]): number {
  let [beyond, all] = [0, 0];
  for (let cell = 0; cell < cells.scores.length; cell++) {
    const rows = rowsAt(cells, cell);
    all += rows;
    if (cells.scores[cell]! < least || cells.scores[cell]! > greatest) beyond += rows;
  }
  return all > 0 ? beyond / all : 0;
}
