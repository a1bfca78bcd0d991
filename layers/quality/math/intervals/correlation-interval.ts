import { type Estimated, noEstimate } from './interval.ts';
import { zOf } from './z-of.ts';

/**
 * Pearson's correlation r of n pairs with Fisher's interval tanh(artanh r ± z/√(n − 3)), for nearly normal pairs. Range [−1, 1]; no interval
 * of fewer than four pairs, nor at r = ±1. Fisher (1915), doi:10.1093/biomet/10.4.507.
 */
export function correlationInterval(r: number, n: number, confidence = 0.95): Estimated {
  if (!(n > 3)) return noEstimate('no interval of fewer than four pairs', r);
  if (!(Math.abs(r) < 1)) return noEstimate('no interval of a perfect correlation', r);
  const half = zOf(confidence) / Math.sqrt(n - 3);
  return { value: r, interval: [Math.tanh(Math.atanh(r) - half), Math.tanh(Math.atanh(r) + half)] };
}
