import { type Interval, midPGamma } from '../../math/intervals/index.ts';
import { labelWeights, meanScore, observedOverExpected, ratioSquares, type ScoredCounts } from '../accuracy/index.ts';
import type { Spread } from './performance-metric.ts';

/** A ratio of labels that came to those promised, with what its certainty follows from. */
export interface ObservedRatio {
  value: number;
  /** Σ w·(label − value·score)², by how much each row moves it. */
  moved: number;
  /** Σ w·score. */
  promised: number;
  /** Rows of equal weight that tell as much, and these over their weight. */
  rows: number;
  scale: number;
}

/** With the variance that sampling of rows gives the ratio (linearised). Null of one row. */
export const spreadOfRatio = ({ value, moved, promised, rows, scale }: ObservedRatio): Spread | null =>
  rows > 1 ? { value, variance: moved / (promised * promised * scale), freedom: rows - 1 } : null;

/** Its 95 % interval: midPGamma, one more row being a positive one, so that it ends above 0 where none came. */
export function intervalOfRatio(ratio: ObservedRatio): Interval | null {
  const spread = spreadOfRatio(ratio);
  return spread === null ? null : midPGamma(spread.value, spread.variance, 1 / (ratio.promised * ratio.scale));
}

function ratioOf(counts: ScoredCounts, scale: number): ObservedRatio | null {
  const { value } = observedOverExpected(counts);
  if (value === null) return null;
  const { all } = labelWeights(counts);
  return { value, moved: ratioSquares(counts, value), promised: all * meanScore(counts).value!, rows: all * scale, scale };
}

/** Positives that came over those promised, of two classes. Null where there is no ratio, or one row. */
export function ratioSpread(counts: ScoredCounts, scale: number): Spread | null {
  const ratio = ratioOf(counts, scale);
  return ratio && spreadOfRatio(ratio);
}

export function ratioInterval(counts: ScoredCounts, scale: number): Interval | null {
  const ratio = ratioOf(counts, scale);
  return ratio && intervalOfRatio(ratio);
}
