import { type Interval, midPGamma, zOf } from '../../math/intervals/index.ts';
import type { Slice } from './slice.ts';

type ErrorRows = NonNullable<Slice['errorRows']>;
const Z = zOf(0.95);

interface Mean {
  mean: number;
  /** Sampling variance: rows are as many as their weights are worth (Kish 1965). NaN of one row. */
  variance: number;
  /** One more row of the largest value, as a part of the mean. */
  part: number;
}

/** Weighted mean of what each row comes to; rows of NaN are left out. */
function meanOf({ labels, predictions, weights }: ErrorRows, of: (label: number, prediction: number) => number): Mean {
  let [all, squares, mean, spread, most] = [0, 0, 0, 0, 0];
  for (let i = 0; i < labels.length; i++) {
    const weight = weights === undefined ? 1 : weights[i]!;
    const value = of(labels[i]!, predictions[i]!);
    if (!(weight > 0) || Number.isNaN(value)) continue;
    all += weight;
    squares += weight * weight;
    const step = (value - mean) * (weight / all);
    spread += weight * (value - mean) * (value - mean - step);
    mean += step;
    if (weight * value > most) most = weight * value;
  }
  const rows = all ** 2 / squares;
  return { mean, variance: rows > 1 ? spread / all / (rows - 1) : Number.NaN, part: most / all };
}

/**
 * Of a mean of skewed values ≥ 0: midPGamma, for one more row as large as the largest, or so many times as large. Null where it is 0, known from one row, or
 * beyond numbers.
 */
function ofSkewed({ mean, variance, part }: Mean, times = 1): Interval | null {
  return mean > 0 && variance > 0 && Number.isFinite(times * part) ? midPGamma(mean, variance, times * part) : null;
}

/** Of squares the largest of the next rows is often larger than that of these: chosen by coverage, of normal errors and of long tails (docs/verdicts.md). */
const BEYOND = 1.6;

/** Interval of the mean squared error, from rows. */
export const squaredErrorInterval = (rows: ErrorRows): Interval | null =>
  ofSkewed(
    meanOf(rows, (label, prediction) => (prediction - label) ** 2),
    BEYOND,
  );

export function rootInterval(rows: ErrorRows): Interval | null {
  const squared = squaredErrorInterval(rows);
  return squared === null ? null : [Math.sqrt(squared[0]), Math.sqrt(squared[1])];
}

/** Interval of the mean of |error|/|label| over labels other than 0. */
export const relativeErrorInterval = (rows: ErrorRows): Interval | null =>
  ofSkewed(meanOf(rows, (label, prediction) => (label === 0 ? Number.NaN : Math.abs(prediction - label) / Math.abs(label))));

/** Interval of R²: of its complement A/B, mean squared error over variance of the labels, each row's part e²/B − A(y − ȳ)²/B². */
export function r2Interval(rows: ErrorRows): Interval | null {
  const { mean: centre } = meanOf(rows, (label) => label);
  const { mean: error, part } = meanOf(rows, (label, prediction) => (prediction - label) ** 2);
  const { mean: spread } = meanOf(rows, (label) => (label - centre) ** 2);
  if (!(spread > 0)) return null;
  const { variance } = meanOf(
    rows,
    (label, prediction) => (prediction - label) ** 2 / spread - (error * (label - centre) ** 2) / spread ** 2,
  );
  const rest = ofSkewed({ mean: error / spread, variance, part: part / spread }, BEYOND);
  return rest === null ? null : [1 - rest[1], 1 - rest[0]];
}

/** Interval of a median, whatever the law: the values whose ranks lie 0.98 √rows from the middle one. `ascending` values, each one row. */
export function medianInterval(ascending: Float64Array): Interval | null {
  const rows = ascending.length;
  if (rows < 2) return null;
  const half = (Z * Math.sqrt(rows)) / 2;
  const at = (rank: number): number => ascending[Math.min(rows - 1, Math.max(0, rank))]!;
  return [at(Math.ceil(rows / 2 - half) - 1), at(Math.floor(rows / 2 + half))];
}
