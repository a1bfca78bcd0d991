import { describe, expect, it } from 'vitest';
import { intervalFromZero, lowerEnd } from '../../layers/quality/math/intervals/index.ts';
import { normalQuantile } from '../../layers/quality/math/normal-quantile.ts';

const PARTS = 1999;
const normals = Float64Array.from({ length: PARTS }, (_, i) => normalQuantile((i + 0.5) / PARTS));
/** How far from 0 a normal of a given mean lies. */
const distances = (mean: number): Float64Array => normals.map((z) => Math.abs(mean + z)).sort();

/** Of all samples there are, the share whose interval holds the truth. */
function held(truth: number): { share: number; below: number; above: number } {
  const atZero = distances(0);
  const counts = { below: 0, above: 0 };
  for (const z of normals) {
    const [low, high] = intervalFromZero(Math.abs(truth + z), distances(truth + z), atZero);
    if (high < truth) counts.below++;
    if (low > truth) counts.above++;
  }
  return { share: 1 - (counts.below + counts.above) / PARTS, below: counts.below / PARTS, above: counts.above / PARTS };
}

describe('an interval of what is never below 0', () => {
  it('holds 0 in 95 of 100 samples, and misses it from above alone', () => {
    const { share, below } = held(0);
    expect(share).toBeCloseTo(0.95, 2);
    expect(below).toBe(0);
  });
  it.each([0.3, 1, 1.9, 2.2, 2.5, 3, 5])('holds a truth of %d standard deviations in 93 to 97.5 of 100', (truth) => {
    const { share } = held(truth);
    expect(share).toBeGreaterThan(0.93);
    expect(share).toBeLessThan(0.976);
  });
  it('misses a truth far away from both sides alike', () => {
    const { below, above } = held(6);
    expect(below).toBeCloseTo(0.025, 2);
    expect(above).toBeCloseTo(0.025, 2);
  });
  it('holds the value, and is never below 0', () => {
    for (const value of [0, 0.5, 2, 4]) {
      const [low, high] = intervalFromZero(value, distances(value), distances(0));
      expect(low).toBeGreaterThanOrEqual(0);
      expect(low).toBeLessThanOrEqual(value);
      expect(high).toBeGreaterThanOrEqual(value);
    }
  });
  it('begins no lower than two tails would have it, and no higher than one', () => {
    const draws = distances(3);
    const [two, one] = [0.025, 0.05].map((p) => draws[Math.round(p * (PARTS + 1)) - 1]!);
    expect(lowerEnd(draws, distances(0))).toBeGreaterThanOrEqual(two! - 1e-12);
    expect(lowerEnd(draws, distances(0))).toBeLessThanOrEqual(one! + 1e-12);
    expect(lowerEnd(draws, Float64Array.of(0, 0))).toBeCloseTo(two!, 6);
    expect(lowerEnd(draws, Float64Array.of(9, 9))).toBeCloseTo(one!, 6);
  });
});
