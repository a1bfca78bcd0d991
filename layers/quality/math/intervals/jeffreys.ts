import { betaQuantile } from './beta-quantile.ts';
import type { Interval } from './interval.ts';

/**
 * Jeffreys' interval of a share: the tail quantiles of Beta(k + ½, n − k + ½), not moved to 0 or 1 at no hits or at all. Range (0, 1);
 * [0, 1] without rows. Brown, Cai & DasGupta (2001), doi:10.1214/ss/1009213286.
 */
export function jeffreys(hits: number, rows: number, confidence = 0.95): Interval {
  if (!(rows > 0)) return [0, 1];
  const tail = (1 - confidence) / 2;
  const [a, b] = [hits + 0.5, rows - hits + 0.5];
  return [betaQuantile(tail, a, b), betaQuantile(tail, a, b, true)];
}
