import { describe, expect, it } from 'vitest';
import { normalRangeCdf, normalRangeQuantile } from '../../layers/quality/math/normal-range.ts';

/** scipy.stats.studentized_range.ppf(p, k, inf) of SciPy 1.17.1, whose own error is about 1e-13. */
const SCIPY: [probability: number, k: number, range: number][] = [
  [0.95, 2, 2.771807648699355],
  [0.95, 3, 3.314493155398122],
  [0.95, 4, 3.6331595749026278],
  [0.95, 10, 4.474124221725907],
  [0.99, 5, 4.602821042201571],
];

describe('the range of standard normals', () => {
  it.each(SCIPY)('stays with %d of %d within %d', (probability, k, range) => {
    expect(Math.abs(normalRangeQuantile(probability, k) - range)).toBeLessThan(1e-11);
    expect(Math.abs(normalRangeCdf(range, k) - probability)).toBeLessThan(1e-12);
  });
  it('of two is their difference: 1.96 standard deviations of it', () => {
    expect(normalRangeQuantile(0.95, 2) / Math.SQRT2).toBeCloseTo(1.959963984540054, 12);
  });
  it('is never below 0, and grows with their number', () => {
    expect([-1, 0].map((range) => normalRangeCdf(range, 3))).toEqual([0, 0]);
    expect(normalRangeCdf(40, 50)).toBeCloseTo(1, 12);
    expect([2, 3, 5, 20, 200].map((k) => normalRangeCdf(3, k))).toEqual(
      [2, 3, 5, 20, 200].map((k) => normalRangeCdf(3, k)).sort((a, b) => b - a),
    );
  });
});
