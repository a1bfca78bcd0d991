import { normalQuantile } from './normal-quantile.ts';

/**
 * Wilson's score interval of a share, without continuity correction: (p + z²/2n ± z√(p(1−p)/n + z²/4n²)) / (1 + z²/n).
 * Exactly 0 below at no hits, exactly 1 above at all; [0, 1] without rows. Wilson (1927), doi:10.1080/01621459.1927.10502953.
 */
export function wilsonInterval(hits: number, rows: number, confidence = 0.95): [number, number] {
  if (!(rows > 0)) return [0, 1];
  const z = normalQuantile(0.5 + confidence / 2);
  const share = hits / rows;
  const centre = share + (z * z) / (2 * rows);
  const half = z * Math.sqrt((share * (1 - share)) / rows + (z * z) / (4 * rows * rows));
  const scale = 1 + (z * z) / rows;
  return [hits <= 0 ? 0 : Math.max(0, (centre - half) / scale), hits >= rows ? 1 : Math.min(1, (centre + half) / scale)];
}
