import { type BinnedColumn, codesOf, sharesOf } from './binned-column.ts';
import { cholesky, solveCholesky } from './cholesky.ts';
import { pairWeights } from './pair-weights.ts';

/** An additive function of binned columns: plain numbers, so that it can be stored. */
export interface AdditiveModel {
  intercept: number;
  /** Per column one for each bin, the last for missing. */
  coefficients: number[][];
  /** Share of the weight in each bin of each column, of the rows it was fitted on. */
  shares: number[][];
  /** Rows it was fitted on. */
  rows: number;
}

export interface AdditiveOptions {
  /** Rows of average weight by which each coefficient is held to 0; 1 where absent. */
  penalty?: number;
}

/**
 * Fits several targets on the same columns: least squares of target on intercept + Σ over columns of the coefficient of the row's bin, with the
 * penalty × mean weight × Σ coefficient² (ridge; the intercept has none). Coefficients of a column add up to 0 where the penalty is above 0, a bin
 * without rows has 0, and on its own rows the model's mean is the target's. Rows without weight, or of which a target is not finite, are left
 * out; the scale of the weights does not matter. Hoerl & Kennard (1970), doi:10.1080/00401706.1970.10488634. The normal equations about the
 * means are solved by Cholesky's method; unknowns that depend on earlier ones (collinear columns at penalty 0) get 0. Without rows all are 0.
 */
export function fitAdditiveModels(
  columns: readonly BinnedColumn[],
  targets: readonly ArrayLike<number>[],
  weights?: ArrayLike<number>,
  { penalty = 1 }: AdditiveOptions = {},
): AdditiveModel[] {
  const { used, rows, weight } = usedWeights(targets, weights);
  const codes = columns.map(codesOf);
  const offsets = [0];
  for (const { bins } of columns) offsets.push(offsets.at(-1)! + bins + 1);
  const size = offsets.at(-1)!;
  const shares = codes.map((column, c) => sharesOf(column, columns[c]!.bins, used));
  const flat = shares.flat();
  const factor = rows === 0 ? null : cholesky(normalMatrix(codes, offsets, used, flat, weight), size, (penalty * weight) / rows);
  return targets.map((target) => {
    if (factor === null) return { intercept: 0, coefficients: shares.map((bins) => bins.map(() => 0)), shares, rows };
    const mean = weightedMean(target, used, weight);
    const solution = solveCholesky(factor, size, crossProducts(codes, offsets, used, target, mean, flat));
    let intercept = mean;
    for (let j = 0; j < size; j++) intercept -= flat[j]! * solution[j]!;
    const coefficients = shares.map((bins, c) => Array.from(solution.subarray(offsets[c]!, offsets[c]! + bins.length)));
    return { intercept, coefficients, shares, rows };
  });
}

/** `fitAdditiveModels` of one target. */
export const fitAdditiveModel = (
  columns: readonly BinnedColumn[],
  target: ArrayLike<number>,
  weights?: ArrayLike<number>,
  options?: AdditiveOptions,
): AdditiveModel => fitAdditiveModels(columns, [target], weights, options)[0]!;

/** Weights of the rows that count, 0 for the others. */
function usedWeights(targets: readonly ArrayLike<number>[], weights: ArrayLike<number> | undefined) {
  const used = new Float64Array(targets[0]?.length ?? 0);
  let [rows, weight] = [0, 0];
  for (let i = 0; i < used.length; i++) {
    const each = weights === undefined ? 1 : weights[i]!;
    if (!(each > 0 && each < Number.POSITIVE_INFINITY) || targets.some((target) => !Number.isFinite(target[i]!))) continue;
    used[i] = each;
    rows++;
    weight += each;
  }
  return { used, rows, weight };
}

/** Mean of the rows with weight, summed about the first of them so that a large offset costs no digits. */
function weightedMean(target: ArrayLike<number>, used: Float64Array, weight: number): number {
  const first = target[used.findIndex((each) => each > 0)]!;
  let sum = 0;
  for (let i = 0; i < used.length; i++) if (used[i]! > 0) sum += used[i]! * (target[i]! - first);
  return first + sum / weight;
}

/** Weight of each pair of bins less what their shares alone would have, lower triangle row by row; one pass for each pair of columns. */
function normalMatrix(
  codes: readonly Uint16Array[],
  offsets: readonly number[],
  used: Float64Array,
  flat: readonly number[],
  weight: number,
) {
  const size = offsets.at(-1)!;
  const matrix = new Float64Array(size * size);
  const widthOf = (c: number): number => offsets[c + 1]! - offsets[c]!;
  codes.forEach((column, c) => {
    for (let d = 0; d <= c; d++) {
      const width = widthOf(d);
      pairWeights(column, widthOf(c), codes[d]!, width, used).forEach((pair, cell) => {
        const [j, k] = [offsets[c]! + Math.floor(cell / width), offsets[d]! + (cell % width)];
        matrix[j * size + k] = pair - weight * flat[j]! * flat[k]!;
      });
    }
  });
  return matrix;
}

/** Σ weight·(target − mean) in each bin; these add up to 0 in each column already. */
function crossProducts(
  codes: readonly Uint16Array[],
  offsets: readonly number[],
  used: Float64Array,
  target: ArrayLike<number>,
  mean: number,
  flat: readonly number[],
): Float64Array {
  const sums = new Float64Array(flat.length);
  codes.forEach((column, c) => {
    for (let i = 0; i < used.length; i++) if (used[i]! > 0) sums[offsets[c]! + column[i]!]! += used[i]! * (target[i]! - mean);
  });
  return sums;
}
