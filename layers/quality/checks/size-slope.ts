import { studentTSf } from '../math/student-t.ts';
import type { Sized } from '../metrics/performance/performance-metric.ts';
import type { Slice } from '../metrics/performance/slice.ts';
import type { Sampled } from './compare-means.ts';
import { MINIMUM_CHUNKS } from './significance.ts';

export interface Slope {
  slope: number;
  /** Variance with which it is known. */
  variance: number;
}

/** Chance of so steep a slope if there were none, below which it is taken for one. */
const SURE = 0.01;

/**
 * How much a value grows with a size of the rows, by the baseline's chunks: least squares by their rows, where they show surely (Student's t, C − 2 degrees of
 * freedom) that it does; null where they do not, and with fewer than 10 of them. Hours of large orders have large errors: what that explains is no spread
 * between unchanged windows, and no fault (analysis of covariance, Fisher 1932).
 */
export function sizeSlope(sized: Sized, chunks: readonly Slice[], sampledOf: (slice: Slice) => Sampled | null): Slope | null {
  const points = chunks.flatMap((chunk) => {
    const [size, sampled] = [sized.size(chunk), sampledOf(chunk)];
    return size === null || sampled === null || !(sampled.freedom > 0) ? [] : [{ size, value: sampled.value, rows: sampled.freedom + 1 }];
  });
  if (points.length < MINIMUM_CHUNKS) return null;
  const all = points.reduce((sum, { rows }) => sum + rows, 0);
  const mean = (of: (point: (typeof points)[number]) => number): number =>
    points.reduce((sum, point) => sum + point.rows * of(point), 0) / all;
  const [centre, level] = [mean(({ size }) => size), mean(({ value }) => value)];
  const squares = mean(({ size }) => (size - centre) ** 2);
  const slope = mean(({ size, value }) => (size - centre) * (value - level)) / squares;
  const residual = mean(({ size, value }) => (value - level - slope * (size - centre)) ** 2);
  const freedom = points.length - 2;
  const variance = residual / squares / freedom;
  return slope > 0 && studentTSf(slope / Math.sqrt(variance), freedom) < SURE ? { slope, variance } : null;
}
