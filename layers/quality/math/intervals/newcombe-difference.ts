import { wilsonInterval } from '../wilson-interval.ts';
import { type Estimated, NO_ROWS_ON_A_SIDE, noEstimate } from './interval.ts';

/**
 * Difference of two independent shares, first less second, with Newcombe's hybrid score interval (method 10, no continuity correction): with
 * Wilson's (l, u) of each, d − √((p₁−l₁)² + (u₂−p₂)²) to d + √((u₁−p₁)² + (p₂−l₂)²). Range [−1, 1]; null without rows on a side.
 * Newcombe (1998), Statist. Med. 17, 873–890.
 */
export function newcombeDifference(hits1: number, rows1: number, hits2: number, rows2: number, confidence = 0.95): Estimated {
  if (!(rows1 > 0 && rows2 > 0)) return noEstimate(NO_ROWS_ON_A_SIDE);
  const [p1, p2] = [hits1 / rows1, hits2 / rows2];
  const [l1, u1] = wilsonInterval(hits1, rows1, confidence);
  const [l2, u2] = wilsonInterval(hits2, rows2, confidence);
  const value = p1 - p2;
  return { value, interval: [value - Math.hypot(p1 - l1, u2 - p2), value + Math.hypot(u1 - p1, p2 - l2)] };
}
