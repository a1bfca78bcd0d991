import { type Estimated, NO_ROWS_ON_A_SIDE, noEstimate } from './interval.ts';
import { zOf } from './z-of.ts';

/**
 * Difference of two independent shares, first less second, with Wald's interval d ± z√(p₁(1−p₁)/n₁ + p₂(1−p₂)/n₂), not held within [−1, 1];
 * null without rows on a side. For comparison with other tools only, reports print Newcombe's.
 */
export function waldDifference(hits1: number, rows1: number, hits2: number, rows2: number, confidence = 0.95): Estimated {
  if (!(rows1 > 0 && rows2 > 0)) return noEstimate(NO_ROWS_ON_A_SIDE);
  const [p1, p2] = [hits1 / rows1, hits2 / rows2];
  const half = zOf(confidence) * Math.sqrt((p1 * (1 - p1)) / rows1 + (p2 * (1 - p2)) / rows2);
  return { value: p1 - p2, interval: [p1 - p2 - half, p1 - p2 + half] };
}
