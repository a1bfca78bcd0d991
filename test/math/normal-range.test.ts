import { describe, expect, it } from 'vitest';
import {
  normalControlCdf,
  normalControlQuantile,
  normalRangeCdf,
  normalRangeQuantile,
  normalSpanCdf,
  normalSpanQuantile,
} from '../../layers/quality/math/normal-range.ts';

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

/**
 * By the integral over the smallest instead of the largest, l ∫ φ(y) Φ(y)^(l−1) Φ(s − y)^h dy: scipy.integrate.quad within [−12, 12] and scipy.optimize.brentq
 * of SciPy 1.17.1. With one on either side it is 1.645 √2; with one and three 2.062 √2, as in Dunnett's table (1955, one-sided, 3 treatments, ∞).
 */
const SPANS: [probability: number, highs: number, lows: number, span: number][] = [
  [0.95, 1, 1, 2.3261743073533463],
  [0.95, 1, 3, 2.9162270646916517],
  [0.95, 2, 2, 3.0808382562173375],
  [0.99, 4, 2, 4.224393175536148],
  [0.95, 1, 20, 3.740480215650674],
];

describe('the span of some standard normals above others', () => {
  it.each(SPANS)('stays with %d, of %d and %d, within %d', (probability, highs, lows, span) => {
    expect(Math.abs(normalSpanQuantile(probability, highs, lows) - span)).toBeLessThan(1e-11);
    expect(Math.abs(normalSpanCdf(span, lows, highs) - probability)).toBeLessThan(1e-12);
  });
  it('is below 0 in half of the cases of one and one, and within the range of all', () => {
    expect(normalSpanCdf(0, 1, 1)).toBeCloseTo(0.5, 12);
    expect(normalSpanQuantile(0.95, 2, 3)).toBeLessThan(normalRangeQuantile(0.95, 5));
  });
});

/** By scipy.integrate.quad within [−12, 12] and scipy.optimize.brentq of SciPy 1.17.1; multivariate_normal.cdf there is the probability to 1e-5. */
const CONTROLS: [probability: number, control: number, others: number[], q: number][] = [
  [0.95, 1, [1, 1, 1], 2.0620839329232066],
  [0.95, 3, [1, 1, 2], 1.9299334229863159],
  [0.95, 1, [2, 3, 4, 5], 2.228439036778598],
  [0.99, 1, [0.5], 2.3263478740408363],
];

describe('one normal above others that vary otherwise', () => {
  it.each(CONTROLS)('stays with %d, of deviation %d above %j, within %d', (probability, control, others, q) => {
    expect(Math.abs(normalControlQuantile(probability, control, others) - q)).toBeLessThan(1e-10);
    expect(Math.abs(normalControlCdf(q, control, others) - probability)).toBeLessThan(1e-12);
  });
  it('is the larger the less it varies itself: from one pair to independent ones', () => {
    const of = [30, 3, 1, 0.01].map((control) => normalControlQuantile(0.95, control, [1, 1, 1]));
    expect(of).toEqual([...of].sort((a, b) => a - b));
    expect(of[0]).toBeGreaterThan(normalControlQuantile(0.95, 1, [1]));
    expect(of[3]).toBeCloseTo(normalControlQuantile(0.95 ** (1 / 3), 1, [1]), 2);
  });
});
