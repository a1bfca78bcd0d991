import type { Interval } from './interval.ts';
import { zOf } from './z-of.ts';

/**
 * Wilson's interval of a share with continuity correction (Newcombe's method 4):
 * (2k + z² ± (1 + z√(z² ∓ 2 − 1/n + 4p(n(1−p) ± 1)))) / 2(n + z²), the upper signs of the inner ones for the lower end.
 * Exactly 0 below at no hits, exactly 1 above at all; [0, 1] without rows. Newcombe (1998), Statist. Med. 17, 857–872.
 */
export function wilsonContinuity(hits: number, rows: number, confidence = 0.95): Interval {
  if (!(rows > 0)) return [0, 1];
  const z = zOf(confidence);
  const share = hits / rows;
  const misses = rows - hits;
  const scale = 2 * (rows + z * z);
  const centre = 2 * hits + z * z;
  const down = 1 + z * Math.sqrt(z * z - 2 - 1 / rows + 4 * share * (misses + 1));
  const up = 1 + z * Math.sqrt(z * z + 2 - 1 / rows + 4 * share * (misses - 1));
  return [hits <= 0 ? 0 : Math.max(0, (centre - down) / scale), hits >= rows ? 1 : Math.min(1, (centre + up) / scale)];
}
