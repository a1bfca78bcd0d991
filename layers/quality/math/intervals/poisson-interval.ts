import { gammaP, gammaQ } from '../gamma-tail.ts';
import { bracketedRoot } from './bracketed-root.ts';
import type { Interval } from './interval.ts';

/**
 * Garwood's exact interval of a Poisson mean from a count k, with α = 1 − confidence: the α/2 quantile of Gamma(k) to the 1 − α/2 quantile
 * of Gamma(k + 1). Range [0, ∞), exactly 0 below at no events. Garwood (1936), doi:10.1093/biomet/28.3-4.437.
 */
export function poissonInterval(count: number, confidence = 0.95): Interval {
  const tail = (1 - confidence) / 2;
  const most = count + 40 * Math.sqrt(count + 1) + 100 - 4 * Math.log(tail);
  return [
    count <= 0 ? 0 : bracketedRoot((mean) => gammaP(count, mean), tail, 0, count),
    bracketedRoot((mean) => -gammaQ(count + 1, mean), -tail, count, most),
  ];
}
