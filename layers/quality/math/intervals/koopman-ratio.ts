import { bracketedRoot } from './bracketed-root.ts';
import { type Estimated, type Interval, NO_ROWS_ON_A_SIDE, noEstimate } from './interval.ts';
import { zOf } from './z-of.ts';

/** Ratios are looked for between e^−FAR and e^FAR. */
const FAR = 50;

/**
 * Ratio r of two independent shares, first over second, with Koopman's score interval: the ratios r whose statistic
 * (p₁ − r p₂)/√(p̃₁(1−p̃₁)/n₁ + r² p̃₂(1−p̃₂)/n₂) lies within ± z, p̃ the likeliest shares of that ratio. Without a correction for n (Miettinen and
 * Nurminen multiply the variance by (n₁+n₂)/(n₁+n₂−1)). Range [0, ∞): from 0 without hits in the first. Null without rows on a side, and without
 * hits in the second. Koopman (1984), doi:10.2307/2531405.
 */
export function koopmanRatio(hits1: number, rows1: number, hits2: number, rows2: number, confidence = 0.95): Estimated {
  if (!(rows1 > 0 && rows2 > 0)) return noEstimate(NO_ROWS_ON_A_SIDE);
  if (!(hits2 > 0)) return noEstimate('no hits to compare with');
  const value = hits1 / rows1 / (hits2 / rows2);
  const z = zOf(confidence);
  const against = (logRatio: number): number => -statistic(hits1, rows1, hits2, rows2, Math.exp(logRatio));
  const centre = hits1 > 0 ? Math.log(value) : -FAR;
  const low = hits1 > 0 ? Math.exp(bracketedRoot(against, -z, -FAR, centre)) : 0;
  const interval: Interval = [low, Math.exp(bracketedRoot(against, z, centre, FAR))];
  return { value, interval };
}

/** How far the shares lie from a ratio, in standard errors; falls as the ratio rises. */
function statistic(hits1: number, rows1: number, hits2: number, rows2: number, ratio: number): number {
  const [a, b] = [(rows1 + rows2) * ratio, rows1 * ratio + hits1 + rows2 + hits2 * ratio];
  const second = (b - Math.sqrt(Math.max(0, b * b - 4 * a * (hits1 + hits2)))) / (2 * a);
  const first = Math.min(1, second * ratio);
  const variance = (first * (1 - first)) / rows1 + (ratio * ratio * second * (1 - second)) / rows2;
  const gap = hits1 / rows1 - (ratio * hits2) / rows2;
  return gap === 0 ? 0 : gap / Math.sqrt(Math.max(Number.MIN_VALUE, variance));
}
