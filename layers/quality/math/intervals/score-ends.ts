import { bracketedRoot } from './bracketed-root.ts';
import type { Interval } from './interval.ts';

/**
 * Ends of the values θ within [0, 1] that lie at most z standard errors from an estimate, the standard error being that of θ itself:
 * |estimate − θ| ≤ z √V(θ), as Wilson's interval of a share. Holds the estimate, and is within range by itself.
 */
export function scoreEnds(estimate: number, z: number, variance: (theta: number) => number): Interval {
  const room = (theta: number): number => z * Math.sqrt(Math.max(0, variance(theta))) - Math.abs(estimate - theta);
  const low = room(0) >= 0 ? 0 : bracketedRoot(room, 0, 0, estimate);
  const high = room(1) >= 0 ? 1 : bracketedRoot((theta) => -room(theta), 0, estimate, 1);
  return [low, high];
}
