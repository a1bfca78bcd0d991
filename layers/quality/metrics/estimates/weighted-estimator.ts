import { alarmBand, type Band } from './alarm-band.ts';
import { MOST_UNCOVERED } from './binned-column.ts';
import { ESTIMATES, type EstimateId, estimatePerformance } from './estimate-performance.ts';
import { type Estimator, type EstimatorOptions, scoreRange } from './estimator.ts';
import type { Raking } from './importance-weights.ts';
import { fitIsotonic } from './isotonic-regression.ts';
import { labelCounts } from './label-counts.ts';
import { needsCalibration } from './needs-calibration.ts';
import { isCount, samplingDeviations } from './sampling-deviations.ts';
import { rowsAt, type ScoredRows, unusable } from './scored-rows.ts';
import { holdOutWeighted } from './weighted-hold-out.ts';

export interface TrustBounds {
  /** Effective rows the weights must leave. */
  effectiveRows?: number;
  /** Share of the window that may lie in bins without sample rows. */
  uncovered?: number;
  /** Largest remaining difference of a share. */
  gap?: number;
}

export interface WeightedEstimator {
  /** Null where the weights must not be trusted. */
  estimator: Estimator | null;
  /** What its calibration rests on. */
  effectiveRows: number;
  reason?: string;
}

/**
 * Why weights must not be trusted, or null: they leave fewer than 200 effective rows to calibrate on; more than 5 % of the window lies in bins of
 * which the sample has no rows (no weights can tell what happens there); a share is still off by more than 0.02, as when the cap binds.
 */
export function distrust(raking: Raking, { effectiveRows = 200, uncovered = MOST_UNCOVERED, gap = 0.02 }: TrustBounds = {}): string | null {
  if (raking.weights.length === 0) return 'no rows';
  if (Number.isNaN(raking.uncovered)) return "the columns' bins are not those of the sample, or a column has no rows";
  if (!(raking.uncovered <= uncovered)) return 'too many rows lie in bins the sample has no rows of';
  if (!(raking.effectiveRows >= effectiveRows)) return 'the weights leave too few effective rows';
  return raking.maximumGap <= gap + raking.uncovered ? null : 'the weights do not bring the shares together';
}

/**
 * The estimator of `fitEstimator` for one window whose inputs have shifted: decision, isotonic calibration and sampling deviations from the
 * baseline's labelled rows under the weights of `rake` (one for each cell, in its order), so that P(label | score) is that of the window's mix of
 * inputs. It holds for that window only; where the shift leaves P(label | score) as it was, the weights only cost rows. The bands stay those of
 * the chunks. With weights of 1 it is `fitEstimator`'s. `estimateWeighted` adds to the sampling errors what the calibration is off by. It assumes
 * that P(label | features) has not changed and that the raked columns carry the shift. Null with the reason where the weights must not be
 * trusted or the rows are of no use. After PAPE's importance-weighted calibration, Białek et al. (2024), arXiv:2401.08348.
 */
export function weightedEstimator(
  baseline: ScoredRows,
  chunks: readonly ScoredRows[],
  options: EstimatorOptions,
  raking: Raking,
  bounds?: TrustBounds,
): WeightedEstimator {
  const { effectiveRows } = raking;
  const reason =
    raking.weights.length === baseline.scores.length ? (unusable(baseline) ?? distrust(raking, bounds)) : 'other rows than the weights';
  if (reason !== null) return { estimator: null, effectiveRows, reason };
  const weighted = { ...baseline, rows: raking.weights.map((weight, cell) => weight * rowsAt(baseline, cell)) };
  const counts = labelCounts(weighted);
  const decision = needsCalibration(counts, holdOutWeighted(baseline, raking.weights, options.seed));
  const wanted = options.calibrate ?? 'as measured';
  const calibrated = wanted === 'always' || (wanted === 'as measured' && decision.needed);
  const estimator: Estimator = {
    decision,
    calibration: calibrated ? fitIsotonic(counts.scores, counts.positives, counts.rows) : null,
    deviations: samplingDeviations(weighted, options),
    bands: bandsOf(chunks),
    range: scoreRange(counts),
  };
  return { estimator, effectiveRows };
}

function bandsOf(chunks: readonly ScoredRows[]): Record<EstimateId, Band | null> {
  const realised = chunks.map((chunk) => estimatePerformance(chunk));
  const band = (id: EstimateId): Band | null => {
    const from = id === 'average_precision_by_row' ? 'average_precision' : id;
    const values = realised.map((performance) => performance[from].value);
    return alarmBand(values, 0, isCount(id) ? Number.POSITIVE_INFINITY : 1);
  };
  return Object.fromEntries(ESTIMATES.map((id) => [id, band(id)])) as Record<EstimateId, Band | null>;
}
