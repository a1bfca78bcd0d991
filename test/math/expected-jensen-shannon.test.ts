import { describe, expect, it } from 'vitest';
import { expectedJensenShannon } from '../../layers/quality/math/index.ts';

describe('expectedJensenShannon', () => {
  it('is the delta method for shares that are not rare', () => {
    const variance = 1 / 100_000 + 1 / 1_000_000;
    expect(expectedJensenShannon(new Array(11).fill(1 / 11), variance)).toBeCloseTo(Math.sqrt((10 * variance) / (8 * Math.LN2)), 6);
  });
  it('never exceeds 1, and a rare category adds no more than its share', () => {
    expect(expectedJensenShannon([1e-9, 1 - 1e-9], 1 / 100)).toBeLessThanOrEqual(Math.sqrt(2e-9));
    expect(expectedJensenShannon(new Array(1000).fill(1e-3), 1)).toBeLessThanOrEqual(1);
  });
});
