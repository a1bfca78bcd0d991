import { meanAbsoluteError } from '../accuracy/mean-absolute-error.ts';
import { meanSquaredError, rootMeanSquaredError } from '../accuracy/mean-squared-error.ts';
import { absoluteErrors } from '../accuracy/median-absolute-error.ts';
import { regressionSums } from '../accuracy/regression-sums.ts';
import { noValue, type Outcome } from '../outcome.ts';

/** Labelled rows of a regression. */
export interface RegressionRows {
  labels: ArrayLike<number>;
  predictions: ArrayLike<number>;
  weights?: ArrayLike<number>;
}

export const REGRESSION_ESTIMATES = ['mean_absolute_error', 'mean_squared_error', 'root_mean_squared_error'] as const;
export type RegressionEstimateId = (typeof REGRESSION_ESTIMATES)[number];

/** |prediction − label| of each row; NaN where one of the two is not finite. */
export const finiteErrors = ({ labels, predictions }: RegressionRows): Float64Array =>
  absoluteErrors(labels, predictions).map((error) => (Number.isFinite(error) ? error : Number.NaN));

/** The realised errors of rows whose label and prediction are finite; null without such rows, and where a square is too large for a number. */
export function realisedErrors(rows: RegressionRows): Record<RegressionEstimateId, Outcome> {
  const errors = finiteErrors(rows);
  const kept = Array.from(errors, (_, i) => i).filter((i) => Number.isFinite(errors[i]!));
  const of = (values: ArrayLike<number>): number[] => kept.map((i) => values[i]!);
  const { weights } = rows;
  const sums = regressionSums(of(rows.labels), of(rows.predictions), weights === undefined ? undefined : of(weights));
  const each = {
    mean_absolute_error: meanAbsoluteError,
    mean_squared_error: meanSquaredError,
    root_mean_squared_error: rootMeanSquaredError,
  };
  const found = REGRESSION_ESTIMATES.map((id): [RegressionEstimateId, Outcome] => {
    const outcome = each[id](sums);
    return [id, outcome.value === null || Number.isFinite(outcome.value) ? outcome : noValue('an error is too large to square')];
  });
  return Object.fromEntries(found) as Record<RegressionEstimateId, Outcome>;
}
