import { chiSquaredSf } from '../math/chi-squared.ts';
import { total } from '../math/total.ts';
import { calibrate, type Isotonic, type Raking, rake, type ScoredRows } from '../metrics/estimates/index.ts';
import { binCounts, type RowSample, type SampledColumn } from '../profile/outcomes/row-sample.ts';

/** Rows of a sample in each bin of its columns as they are now; null where the column is not there. */
export type CountsOf = (column: SampledColumn) => number[] | null;

/** Weights of a sample's rows, or why there are none. */
export type Shift = { raking: Raking } | { reason: string; effectiveRows: number };

/** The inputs have not shifted where weighting leaves more than this share of the sample's rows. */
const UNSHIFTED = 0.9;
/** No column alone leaves fewer: then all together will not either, and nothing is raked. */
const SLIGHT = 0.97;
/** Effective rows without which nothing can be calibrated. */
const FEWEST = 200;
/** A column that leaves more of so few rows need not have moved: chance leaves as much. */
const UNMOVED = 0.75;
const PARTS = 10;

/** The weights by which these rows of a sample have the inputs of now (see `rake`); null where the inputs have not shifted. */
export function shiftOf(sample: RowSample, kept: readonly number[], countsOf: CountsOf): Shift | null {
  const known = sample.columns.map((column) => ({ column, counts: countsOf(column) })).filter(({ counts }) => counts !== null);
  const picked = known.map(({ column: { name, bins, codes } }) => ({ name, bins, codes: Uint16Array.from(kept, (row) => codes[row]!) }));
  const targets = known.map(({ counts }) => counts!);
  const left = Math.min(1, ...picked.map((column, c) => leftBy(column, targets[c]!)));
  if (kept.length === 0 || left > SLIGHT) return null;
  // One column alone leaves too few rows to learn from: nothing is raked.
  if (left * kept.length < FEWEST)
    return left > UNMOVED
      ? null
      : { reason: 'a column has moved where the baseline has hardly any rows', effectiveRows: left * kept.length };
  const raking = rake(picked, targets, { tolerance: 1e-5, maximumIterations: 30 });
  return raking.weights.length === 0 || raking.effectiveRows > UNSHIFTED * kept.length ? null : { raking };
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

/**
 * Chance that labels lie as far from where the calibration puts them, under the weights: over tenths of the score Σ z², z = Σ w(y − c)/√(Σ w²c(1 − c)),
 * against chi-squared.
 */
export function chanceOfFit(
  { scores, probabilities }: Pick<ScoredRows, 'scores' | 'probabilities'>,
  weights: Float64Array,
  calibration: Isotonic | null,
): number {
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
  return used.length === 0 ? 1 : chiSquaredSf(statistic, used.length);
}
