import { seededDraws } from './intervals/seeded-draws.ts';
import { splitStrength, stepBeatsLine, strongestSplit } from './level-split.ts';

export interface LevelChange {
  /** Index of the first value at the new level. */
  at: number;
  /** Index of the first value at the level before. */
  from: number;
  pValue: number;
}

const PERMUTATIONS = 1999;
const LEVEL = 0.01;
/** Of fewer values no order is rarer than one in a hundred. */
export const LEAST_VALUES = 10;

/**
 * Where the level of a series last changed in a step: binary segmentation by least squares (Scott & Knott 1974; Vostrikova 1981), one-sided: the series, then what
 * follows the step, until there is none. A step is the split of the largest standardised difference T of means, max over k of |S_k − k x̄| / √(k(n − k)/(n(n − 1)) Σ(x − x̄)²),
 * with at least three values on both sides; T is multiplied by √((1 − φ)/(1 + φ)), φ the lag-one correlation of what is left of the step, where that is positive (as Robbins,
 * Gallagher, Lund & Aue 2011, J. Time Series Anal. 32), and held against T of 1,999 seeded permutations of the series. It counts where p = (1 + how many are as large)/2,000
 * is at most 0.01, and where two levels describe the series better than a line, by Schwarz's criterion: of a slow drift nothing is said.
 *
 * Of values in no order a step is found in at most 1 of 100 series, whatever their distribution. Null below ten values, for values that are all equal or not all finite, and where there is no step.
 */
export function lastLevelChange(values: readonly number[]): LevelChange | null {
  if (!values.every(Number.isFinite)) return null;
  let found: LevelChange | null = null;
  for (let from = 0; ; ) {
    const series = values.slice(from);
    const split = stepOf(series);
    if (split === null) return found;
    found = { at: from + split.at, from, pValue: split.pValue };
    from += split.at;
  }
}

function stepOf(series: readonly number[]): { at: number; pValue: number } | null {
  if (series.length < LEAST_VALUES) return null;
  const split = strongestSplit(series);
  if (split === null || !stepBeatsLine(series, split)) return null;
  const pValue = shareAsStrong(series, splitStrength(series, split));
  return pValue <= LEVEL ? { at: split.at, pValue } : null;
}

/** Share of the orders of the same values in which some split is as strong: of 1,999 of them, and the one that was seen. */
export function shareAsStrong(series: readonly number[], strength: number): number {
  const draw = seededDraws('level change');
  const order = [...series];
  let asStrong = 1;
  for (let i = 0; i < PERMUTATIONS; i++) {
    for (let j = order.length - 1; j > 0; j--) {
      const k = Math.floor(draw() * (j + 1));
      [order[j], order[k]] = [order[k]!, order[j]!];
    }
    if (strongestSplit(order)!.difference >= strength * (1 - 1e-12)) asStrong++;
  }
  return asStrong / (PERMUTATIONS + 1);
}
