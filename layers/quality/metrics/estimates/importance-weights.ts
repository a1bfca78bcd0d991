import { total } from '../../math/total.ts';
import { type BinnedColumn, codesOf, sharesOf, uncoveredShare } from './binned-column.ts';

export interface RakingOptions {
  /** No row weighs more than this, the mean being 1; 20 where absent. */
  cap?: number;
  /** Largest difference of a share at which it has converged; 1e-9 where absent. */
  tolerance?: number;
  /** Passes over all columns; 200 where absent. */
  maximumIterations?: number;
}

export interface Raking {
  /** Of each row of the sample, mean 1. */
  weights: Float64Array;
  /** Whether every share that can be reached is within the tolerance. */
  converged: boolean;
  iterations: number;
  /** (Σ weight)²/Σ weight²: rows of equal weight that would tell as much. Kish (1965), Survey Sampling, 11.2. */
  effectiveRows: number;
  /** Largest remaining |weighted share − target share|, over bins and columns, those without sample rows included. */
  maximumGap: number;
  /** Largest share, over columns, of the target in bins without sample rows; NaN where the target is not of these columns. */
  uncovered: number;
}

/**
 * Weights of a sample's rows by which each column's shares are those of `targets` (counts or shares by bin, the last for missing): of all such
 * weights those of least relative entropy Σ w ln w, by iterative proportional fitting; from the sample's own shares all are 1. Each step multiplies
 * the rows of a bin by target/present share. Weights above the cap (20) are trimmed at every step and the others raised to mean 1: the shares
 * are then reached if they can be, though not at the very least entropy. A bin the target has none of weighs 0; there is no other lower limit,
 * for small weights cost no precision. Target in bins without sample rows cannot be reached: it is reported, and the rest of its column scaled
 * to 1. A column without target rows sets nothing. Without rows there are no weights, and it has not converged. This sees the shift of each
 * column and not a change of how columns depend on each other, where PAPE learns the whole density ratio. Deming & Stephan (1940),
 * doi:10.1214/aoms/1177731829; Białek et al. (2024), arXiv:2401.08348.
 */
export function rake(columns: readonly BinnedColumn[], targets: readonly ArrayLike<number>[], options: RakingOptions = {}): Raking {
  const { cap = 20, tolerance = 1e-9, maximumIterations = 200 } = options;
  const places = columns.map(codesOf);
  const weights = new Float64Array(places[0]?.length ?? 0).fill(1);
  const present = (c: number): number[] => sharesOf(places[c]!, columns[c]!.bins, weights);
  const sample = columns.map((_, c) => present(c));
  const goals = sample.map((shares, c) => reachable(shares, targets[c] ?? []));
  const gapTo = (wanted: number[][]): number => columns.reduce((gap, _, c) => Math.max(gap, widest(present(c), wanted[c] ?? [])), 0);
  let iterations = 0;
  let gap = gapTo(goals);
  for (; gap > tolerance && iterations < maximumIterations; iterations++) {
    goals.forEach((goal, c) => {
      multiply(weights, places[c]!, present(c), goal);
      trim(weights, Math.max(1, cap));
    });
    gap = gapTo(goals);
  }
  return {
    weights,
    converged: weights.length > 0 && gap <= tolerance,
    iterations,
    effectiveRows: kish(weights),
    maximumGap: gapTo(targets.map(scaled)),
    uncovered: uncoveredShare(sample, targets),
  };
}

const scaled = (counts: ArrayLike<number>): number[] => {
  const all = total(counts);
  return all > 0 ? Array.from(counts, (count) => count / all) : [];
};

/** Target shares over the bins that have sample rows; none where there is nothing to reach. */
function reachable(sample: readonly number[], target: ArrayLike<number>): number[] {
  if (target.length !== sample.length) return [];
  return scaled(sample.map((share, b) => (share > 0 ? target[b]! : 0)));
}

/** Each row by target/present share of its bin; a column without target leaves them. */
function multiply(weights: Float64Array, places: Uint16Array, present: readonly number[], goal: readonly number[]): void {
  if (goal.length === 0) return;
  const ratios = present.map((share, b) => (share > 0 ? goal[b]! / share : 1));
  for (let i = 0; i < weights.length; i++) weights[i]! *= ratios[places[i]!]!;
}

/** Scales to mean 1, no weight above the cap: what is trimmed goes to the rows below it. Leaves weights that are all 0. */
function trim(weights: Float64Array, cap: number, rounds = 100): void {
  for (let round = 0, over = true; over && round < rounds; round++) {
    const mean = total(weights) / weights.length;
    if (!(mean > 0)) return;
    over = false;
    for (let i = 0; i < weights.length; i++) {
      weights[i]! /= mean;
      if (weights[i]! <= cap * (1 + 1e-12)) continue;
      weights[i] = cap;
      over = true;
    }
  }
}

/** Largest difference of two columns of shares. */
const widest = (present: readonly number[], goal: readonly number[]): number =>
  goal.reduce((gap, share, b) => Math.max(gap, Math.abs((present[b] ?? 0) - share)), 0);

function kish(weights: Float64Array): number {
  let [sum, squares] = [0, 0];
  for (const weight of weights) {
    sum += weight;
    squares += weight * weight;
  }
  return squares > 0 ? (sum * sum) / squares : 0;
}
