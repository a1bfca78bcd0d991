import { held, type Interval } from './interval.ts';
import { zOf } from './z-of.ts';

/**
 * Wald's interval of a share, p ± z√(p(1−p)/n), held within [0, 1]; [0, 1] without rows. Of width 0 at no hits and at all, and too short for
 * few rows: for comparison with other tools only, reports print Wilson's.
 */
export function wald(hits: number, rows: number, confidence = 0.95): Interval {
  if (!(rows > 0)) return [0, 1];
  const share = hits / rows;
  const half = zOf(confidence) * Math.sqrt((share * (1 - share)) / rows);
  return held([share - half, share + half], 0, 1);
}
