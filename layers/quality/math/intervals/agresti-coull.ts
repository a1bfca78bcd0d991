import type { Interval } from './interval.ts';
import { wald } from './wald.ts';
import { zOf } from './z-of.ts';

/**
 * Agresti and Coull's interval of a share: Wald's after adding z²/2 hits and z² rows. Held within [0, 1]; [0, 1] without rows.
 * Agresti & Coull (1998), doi:10.2307/2685469.
 */
export function agrestiCoull(hits: number, rows: number, confidence = 0.95): Interval {
  if (!(rows > 0)) return [0, 1];
  const z = zOf(confidence);
  return wald(hits + (z * z) / 2, rows + z * z, confidence);
}
