import { betaQuantile } from './beta-quantile.ts';
import type { Interval } from './interval.ts';

/**
 * Clopper and Pearson's exact interval of a share, with α = 1 − confidence: the α/2 quantile of Beta(k, n − k + 1) to the 1 − α/2 quantile of
 * Beta(k + 1, n − k). Covers at least at its level, mostly more. Range [0, 1], exactly 0 below at no hits and 1 above at all; [0, 1] without
 * rows. Clopper & Pearson (1934), doi:10.1093/biomet/26.4.404.
 */
export function clopperPearson(hits: number, rows: number, confidence = 0.95): Interval {
  if (!(rows > 0)) return [0, 1];
  const tail = (1 - confidence) / 2;
  return [hits <= 0 ? 0 : betaQuantile(tail, hits, rows - hits + 1), hits >= rows ? 1 : betaQuantile(tail, hits + 1, rows - hits, true)];
}
