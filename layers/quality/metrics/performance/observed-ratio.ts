import { type Interval, midPGamma } from '../../math/intervals/index.ts';
import { labelWeights, meanScore, observedOverExpected, ratioSquares, type ScoredCounts } from '../accuracy/index.ts';
import type { Spread } from './performance-metric.ts';

/** Positives that came over those promised, with the variance that sampling of rows gives the ratio (linearised). Null where there is no ratio, or one row. */
export function ratioSpread(counts: ScoredCounts, scale: number): Spread | null {
  const { value } = observedOverExpected(counts);
  const { all } = labelWeights(counts);
  const rows = all * scale;
  if (value === null || !(rows > 1)) return null;
  const promised = all * meanScore(counts).value!;
  return { value, variance: ratioSquares(counts, value) / (promised * promised * scale), freedom: rows - 1 };
}

/** Its 95 % interval: midPGamma, one more row being a positive one, so that it ends above 0 where none came. */
export function ratioInterval(counts: ScoredCounts, scale: number): Interval | null {
  const spread = ratioSpread(counts, scale);
  return spread === null
    ? null
    : midPGamma(spread.value, spread.variance, 1 / (labelWeights(counts).all * meanScore(counts).value! * scale));
}
