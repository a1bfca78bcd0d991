import { chiSquaredSf } from '../math/chi-squared.ts';
import { total } from '../math/total.ts';
import {
  calibrate,
  type Estimator,
  estimateWeighted,
  type PerformanceEstimate,
  rake,
  type ScoredRows,
  weightedEstimator,
} from '../metrics/estimates/index.ts';
import { binCounts, type RowSample, type SampledColumn } from '../profile/outcomes/row-sample.ts';

/** Estimates by a calibration weighted to the inputs as they are now. */
export interface WeightedEstimates {
  byMetric: Record<string, PerformanceEstimate>;
  effectiveRows: number;
  /** Why they must not be used; null where they may. */
  reason: string | null;
}

/** The inputs have not shifted where weighting leaves more than this share of the sample's rows. */
const UNSHIFTED = 0.9;
/** No column alone leaves fewer: then all together will not either, and nothing is raked. */
const SLIGHT = 0.97;
/** Effective rows without which nothing can be calibrated. */
const FEWEST = 200;
/** A column that leaves more of so few rows need not have moved: chance leaves as much. */
const UNMOVED = 0.75;
/** Chance of so poor a fit, below which the calibration no longer holds. */
const MISFIT = 0.001;
const PARTS = 10;

/**
 * Estimates by calibrating on the baseline's sample weighted to the window's inputs (see `rake`), where these have shifted and the calibration no
 * longer fits rows of that mix; null where it does, and without a sample. A calibration of fewer rows promises too much, so a shift alone is no
 * reason for one.
 */
export function weighEstimates(
  sample: RowSample | null,
  countsOf: (column: SampledColumn) => number[] | null,
  cells: Omit<ScoredRows, 'probabilities'>,
  { calibration }: Estimator,
  seed: string,
): WeightedEstimates | null {
  if (sample === null) return null;
  const kept = Array.from(sample.labels.keys()).filter(
    (row) => sample.labels[row]! < 2 && sample.predictions[row]! < 2 && Number.isFinite(sample.scores[row]!),
  );
  const known = sample.columns.map((column) => ({ column, counts: countsOf(column) })).filter(({ counts }) => counts !== null);
  const picked = known.map(({ column: { name, bins, codes } }) => ({ name, bins, codes: Uint16Array.from(kept, (row) => codes[row]!) }));
  const targets = known.map(({ counts }) => counts!);
  const left = Math.min(1, ...picked.map((column, c) => leftBy(column, targets[c]!)));
  if (kept.length === 0 || left > SLIGHT) return null;
  if (left * kept.length < FEWEST) return left > UNMOVED ? null : tooFar(cells, left * kept.length);
  const raking = rake(picked, targets, { tolerance: 1e-5, maximumIterations: 30 });
  if (raking.effectiveRows > UNSHIFTED * kept.length) return null;
  const baseline: ScoredRows = {
    scores: Float64Array.from(kept, (row) => sample.scores[row]!),
    probabilities: Float64Array.from(kept, (row) => sample.labels[row]!),
    predictions: Float64Array.from(kept, (row) => sample.predictions[row]!),
  };
  if (raking.weights.length === 0 || fits(baseline, raking.weights, calibration)) return null;
  const estimator = weightedEstimator(baseline, [], { seed }, raking);
  return { byMetric: estimateWeighted(estimator, cells), effectiveRows: estimator.effectiveRows, reason: estimator.reason ?? null };
}

/** Share of the rows that weighting to this column's shares alone would leave, 1/Σ q²/p, but for what chance takes of them: (bins − 1)(1/n + 1/m). */
function leftBy(column: SampledColumn, target: number[]): number {
  const [rows, all] = [column.codes.length, total(target)];
  if (!(rows > 0 && all > 0)) return 1;
  const filled = Array.from(binCounts(column), (count, b) => ({ share: count / rows, now: target[b]! / all })).filter(
    ({ share }) => share > 0,
  );
  const chance = (filled.length - 1) * (1 / rows + 1 / all);
  return 1 / Math.max(1, filled.reduce((sum, { share, now }) => sum + now ** 2 / share, 0) - chance);
}

/** One column alone leaves too few rows to learn from: nothing is raked. */
function tooFar(cells: Omit<ScoredRows, 'probabilities'>, effectiveRows: number): WeightedEstimates {
  const reason = 'a column has moved where the baseline has hardly any rows';
  return { byMetric: estimateWeighted({ estimator: null, effectiveRows, reason }, cells), effectiveRows, reason };
}

/**
 * Whether labels are where the calibration puts them, under the weights: over tenths of the score Σ z², z = Σ w(y − c)/√(Σ w²c(1 − c)), against chi-squared.
 */
function fits({ scores, probabilities }: ScoredRows, weights: Float64Array, calibration: Estimator['calibration']): boolean {
  const order = Array.from(weights.keys()).sort((a, b) => scores[a]! - scores[b]! || a - b);
  const all = total(weights);
  const parts = Array.from({ length: PARTS }, () => ({ residual: 0, variance: 0 }));
  let seen = 0;
  for (const row of order) {
    const weight = weights[row]!;
    const part = parts[Math.min(PARTS - 1, Math.floor((PARTS * seen) / all))]!;
    const expected = calibration === null ? scores[row]! : calibrate(calibration, scores[row]!);
    part.residual += weight * (probabilities[row]! - expected);
    part.variance += weight * weight * expected * (1 - expected);
    seen += weight;
  }
  const used = parts.filter(({ variance }) => variance > 0);
  const statistic = used.reduce((sum, { residual, variance }) => sum + residual ** 2 / variance, 0);
  return used.length === 0 || chiSquaredSf(statistic, used.length) >= MISFIT;
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
