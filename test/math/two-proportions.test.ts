import { describe, expect, it } from 'vitest';
import { proportionBelow } from '../../layers/quality/math/two-proportions.ts';

describe('A share below another', () => {
  // scipy.stats.norm.sf of the pooled z.
  it.each([
    [{ hits: 45, rows: 100 }, { hits: 60, rows: 100 }, 0.016836034428172927],
    [{ hits: 61, rows: 100 }, { hits: 830, rows: 1000 }, 4.47216033996749e-8],
  ])('%o below %o', (low, high, expected) => {
    expect(proportionBelow(low, high) / expected).toBeCloseTo(1, 10);
  });
  it('is even odds between equals, and certain of nothing without rows or variation', () => {
    expect(proportionBelow({ hits: 5, rows: 10 }, { hits: 50, rows: 100 })).toBe(0.5);
    expect(proportionBelow({ hits: 0, rows: 0 }, { hits: 50, rows: 100 })).toBe(1);
    expect(proportionBelow({ hits: 10, rows: 10 }, { hits: 100, rows: 100 })).toBe(1);
  });
});
