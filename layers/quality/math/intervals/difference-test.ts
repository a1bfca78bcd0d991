import { normalSf } from '../normal.ts';
import type { Estimated } from './interval.ts';
import { zOf } from './z-of.ts';

export interface DifferenceTest extends Estimated {
  variance: number | null;
  z: number | null;
  /** Two-sided, of the normal law. */
  p: number | null;
}

/** d ± z√V with z = d/√V and its two-sided p; at V = 0 the interval is [d, d], and z and p are null. */
export function differenceTest(value: number, variance: number, confidence: number): DifferenceTest {
  const half = zOf(confidence) * Math.sqrt(variance);
  const interval: [number, number] = [value - half, value + half];
  if (!(variance > 0)) return { value, interval, variance, z: null, p: null, reason: 'no variance to test against' };
  const z = value / Math.sqrt(variance);
  return { value, interval, variance, z, p: 2 * normalSf(Math.abs(z)) };
}
