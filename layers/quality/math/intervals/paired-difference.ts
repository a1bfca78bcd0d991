import { held, type Interval } from './interval.ts';
import { zOf } from './z-of.ts';

/**
 * Interval of a difference of two shares of the same rows, (up − down)/rows: of `rows` some differ one way, some the other. Wald's after adding half a row to
 * each of the four cells, (u − d)/n ± z √(u + d − (u − d)²/n)/n of u = up + ½, d = down + ½, n = rows + 2, within [−1, 1] and widened to hold the difference.
 * Agresti & Min (2005), doi:10.1002/sim.1781. Null without rows.
 */
export function pairedDifference(up: number, down: number, rows: number, confidence = 0.95): Interval | null {
  if (!(rows > 0)) return null;
  const [u, d, n] = [up + 0.5, down + 0.5, rows + 2];
  const [value, centre] = [(up - down) / rows, (u - d) / n];
  const half = (zOf(confidence) * Math.sqrt(u + d - (u - d) ** 2 / n)) / n;
  const [low, high] = held([centre - half, centre + half], -1, 1);
  return [Math.min(low, value), Math.max(high, value)];
}
