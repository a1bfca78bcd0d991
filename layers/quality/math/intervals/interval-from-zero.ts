import { drawnQuantile } from './drawn-quantile.ts';
import type { Interval } from './interval.ts';

/**
 * Lower end of the 95 % interval of what has a least value, from ascending draws of it as it was found and as if the least were true. A truth so near
 * that no interval can lie below it is missed from above alone: up to where the 97.5 % of the draws from the least lie, the end leaves out all 5 %; beyond,
 * half of it, as the upper end does. So the truth is held as often as was said near the bound too, where two tails would hold it in 97.5 %.
 * After Feldman & Cousins (1998), doi:10.1103/PhysRevD.57.3873.
 */
export function lowerEnd(draws: ArrayLike<number>, atLeast: ArrayLike<number>, confidence = 0.95): number {
  const out = 1 - confidence;
  return Math.max(drawnQuantile(draws, out / 2), Math.min(drawnQuantile(draws, out), drawnQuantile(atLeast, 1 - out / 2)));
}

/** Interval of what is never below 0: as `lowerEnd` begins it, or at 0 where 5 % of the draws from 0 are as large as the value. Widened to hold the value. */
export function intervalFromZero(value: number, draws: ArrayLike<number>, atZero: ArrayLike<number>, confidence = 0.95): Interval {
  const high = Math.max(value, drawnQuantile(draws, 0.5 + confidence / 2));
  if (value <= drawnQuantile(atZero, confidence)) return [0, high];
  return [Math.min(value, Math.max(0, lowerEnd(draws, atZero, confidence))), high];
}
