import { type AdditiveModel, type AdditiveOptions, fitAdditiveModels } from './additive-model.ts';
import { predictFromShares, predictRow } from './additive-prediction.ts';
import { type BinnedColumn, codesOf } from './binned-column.ts';

/** What the loss of a row is expected to be from its bins, and the variance of the loss about that. */
export interface LossModel {
  loss: AdditiveModel;
  variance: AdditiveModel;
  /** Mean squared residual of the rows it was fitted on, over rows − free coefficients; null where there are not more rows. */
  residual: number | null;
}

/** The variance of a window is not taken for less than this share of the baseline's: an additive function can fall below 0. */
const LEAST_VARIANCE = 0.25;

/** Fits losses of the same rows: the mean, then the squared residuals, both additive in the bins. Rows as in `fitAdditiveModels`. */
export function fitLossModels(
  columns: readonly BinnedColumn[],
  losses: readonly ArrayLike<number>[],
  weights?: ArrayLike<number>,
  options?: AdditiveOptions,
): LossModel[] {
  const means = fitAdditiveModels(columns, losses, weights, options);
  const places = columns.map(codesOf);
  const squares = losses.map((loss, l) => {
    const code = new Uint16Array(columns.length);
    return Float64Array.from(loss, (value, i) => {
      places.forEach((column, c) => {
        code[c] = column[i]!;
      });
      return (value - predictRow(means[l]!, code)) ** 2;
    });
  });
  const variances = fitAdditiveModels(columns, squares, weights, options);
  return means.map((loss, l) => ({ loss, variance: variances[l]!, residual: residualOf(loss, variances[l]!) }));
}

/** On its own shares the model of squares gives their mean. */
function residualOf({ rows, shares }: AdditiveModel, squares: AdditiveModel): number | null {
  const free = shares.reduce((sum, bins) => sum + Math.max(0, bins.filter((share) => share > 0).length - 1), 1);
  return rows > free ? (Math.max(0, predictFromShares(squares, squares.shares)) * rows) / (rows - free) : null;
}

/**
 * Standard error of what the mean loss of so many rows of these shares is off the estimate by: √(variance·(1/rows + 1/baseline rows)), for the mean
 * of the window and that of the baseline. The variance is that of losses about what their bins let expect, for these shares, at least a quarter
 * of the baseline's. What single coefficients are off by, which a large shift brings out, is not in it. Null without rows, or where the
 * baseline has too few.
 */
export function lossError({ loss, variance, residual }: LossModel, shares: readonly ArrayLike<number>[], rows: number): number | null {
  if (residual === null || !(rows > 0)) return null;
  const mean = predictFromShares(variance, variance.shares);
  const expected = mean > 0 ? (residual * predictFromShares(variance, shares)) / mean : residual;
  return Math.sqrt(Math.max(LEAST_VARIANCE * residual, expected) * (1 / rows + 1 / loss.rows));
}
