import { noValue, type Outcome } from '../outcome.ts';
import type { AdditiveOptions } from './additive-model.ts';
import { predictFromShares } from './additive-prediction.ts';
import { alarmBand, type Band } from './alarm-band.ts';
import { type BinnedColumn, MOST_UNCOVERED, uncoveredShare } from './binned-column.ts';
import { completeEstimate } from './complete-estimate.ts';
import type { PerformanceEstimate } from './estimator.ts';
import { fitLossModels, type LossModel, lossError } from './loss-model.ts';
import { finiteErrors, REGRESSION_ESTIMATES, type RegressionEstimateId, type RegressionRows, realisedErrors } from './regression-rows.ts';

/** All that a baseline keeps to estimate a regression's errors later: plain numbers, so that it can be stored. */
export interface RegressionEstimator {
  absolute: LossModel;
  squared: LossModel;
  bands: Record<RegressionEstimateId, Band | null>;
}

/**
 * Learns from a labelled baseline what a row's |error| and error² are to be expected from the bins of its columns (additive ridge models), and the
 * alarm bands from the realised errors of its chunks. Direct loss estimation in the spirit of NannyML's DLE, which has a boosted model and needs
 * rows; an additive one can be read from each column's shares alone. Rows without a finite label and prediction are left out. Columns must tell
 * where the errors are large (features and the prediction, in bins); what depends on two columns jointly it does not see. Squared errors of heavy
 * tails are estimated badly by any such model: prefer the absolute.
 */
export function fitRegressionEstimator(
  columns: readonly BinnedColumn[],
  baseline: RegressionRows,
  chunks: readonly RegressionRows[],
  options?: AdditiveOptions,
): RegressionEstimator {
  const absolute = finiteErrors(baseline);
  const squared = absolute.map((error) => error * error);
  const [first, second] = fitLossModels(columns, [absolute, squared], baseline.weights, options);
  const realised = chunks.map(realisedErrors);
  const band = (id: RegressionEstimateId): Band | null =>
    alarmBand(
      realised.map((errors) => errors[id].value),
      0,
      Number.POSITIVE_INFINITY,
    );
  return { absolute: first!, squared: second!, bands: record(band) };
}

/**
 * The errors to be expected of `rows` rows without labels, of which each column's shares (or counts) by bin are known, the last for missing. Mean
 * absolute and squared error by the models, held at 0 where these fall below; the root is that of the mean, its sampling error by the delta method
 * (null at 0). Range [0, ∞). Null with the reason without rows, from a baseline without usable rows, where the columns are others than the
 * baseline's, or where it has no rows of the bins of more than 5 % of the window.
 */
export function estimateRegression(
  { absolute, squared, bands }: RegressionEstimator,
  shares: readonly ArrayLike<number>[],
  rows: number,
): Record<RegressionEstimateId, PerformanceEstimate> {
  const reason = whyNot(absolute, shares, rows);
  if (reason !== null) return record((id) => completeEstimate(noValue(reason), null, bands[id], Number.POSITIVE_INFINITY));
  const mean = ({ loss }: LossModel): number => Math.max(0, predictFromShares(loss, shares));
  const squaredError = lossError(squared, shares, rows);
  const root = Math.sqrt(mean(squared));
  const found: Record<RegressionEstimateId, [Outcome, number | null]> = {
    mean_absolute_error: [{ value: mean(absolute) }, lossError(absolute, shares, rows)],
    mean_squared_error: [{ value: mean(squared) }, squaredError],
    root_mean_squared_error: [{ value: root }, squaredError === null || root === 0 ? null : squaredError / (2 * root)],
  };
  return record((id) => completeEstimate(...found[id], bands[id], Number.POSITIVE_INFINITY));
}

function whyNot({ loss }: LossModel, shares: readonly ArrayLike<number>[], rows: number): string | null {
  if (loss.rows === 0) return 'no row of the baseline has a label and a prediction';
  if (!(rows > 0)) return 'no rows';
  const uncovered = uncoveredShare(loss.shares, shares);
  if (Number.isNaN(uncovered)) return "the columns' bins are not those of the baseline, or a column has no rows";
  return uncovered > MOST_UNCOVERED ? 'too many rows lie in bins the baseline has no rows of' : null;
}

const record = <T>(of: (id: RegressionEstimateId) => T): Record<RegressionEstimateId, T> =>
  Object.fromEntries(REGRESSION_ESTIMATES.map((id) => [id, of(id)])) as Record<RegressionEstimateId, T>;
