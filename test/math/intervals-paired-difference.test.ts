import { describe, expect, it } from 'vitest';
import { pairedDifference } from '../../layers/quality/math/intervals/index.ts';

describe('the difference of two shares of the same rows', () => {
  it.each([
    // Agresti and Min's formula in NumPy 2.3.
    [10, 3, 60, [-0.00199213879882551, 0.22779859041172873]],
    [0, 0, 20, [-0.08908927202454792, 0.08908927202454792]],
  ])('%i up, %i down, of %i', (up, down, rows, expected) => {
    const interval = pairedDifference(up, down, rows)!;
    expect(interval[0]).toBeCloseTo(expected[0]!, 14);
    expect(interval[1]).toBeCloseTo(expected[1]!, 14);
    expect(pairedDifference(down, up, rows)).toEqual([-interval[1], -interval[0]]);
  });
  it('is within −1 and 1, holds the difference, and there is none without rows', () => {
    expect(pairedDifference(3, 0, 3)![1]).toBe(1);
    expect(pairedDifference(0, 3, 3)![0]).toBe(-1);
    expect(pairedDifference(0, 0, 0)).toBeNull();
  });
  // All tables there are, by their probability; computed alike with scipy.stats.multinomial of SciPy 1.17.1.
  it.each([
    [30, 0.1, 0.04, 0.9527],
    [60, 0.3, 0.1, 0.9486],
    [200, 0.1, 0.04, 0.9527],
    [200, 0.05, 0, 0.9318],
    [60, 0.02, 0.02, 0.9953],
  ])('of %i rows with chances %d and %d it holds the truth in %d', (rows, up, down, expected) => {
    const logs = Array.from({ length: rows + 1 }, () => 0);
    for (let k = 1; k <= rows; k++) logs[k] = logs[k - 1]! + Math.log(k);
    let held = 0;
    for (let u = 0; u <= rows; u++) {
      for (let d = 0; d <= (down === 0 ? 0 : rows - u); d++) {
        const rest = rows - u - d;
        const chance = (hits: number, rate: number): number => (hits === 0 ? 0 : hits * Math.log(rate));
        const log = logs[rows]! - logs[u]! - logs[d]! - logs[rest]! + chance(u, up) + chance(d, down) + chance(rest, 1 - up - down);
        const [low, high] = pairedDifference(u, d, rows)!;
        if (low <= up - down && up - down <= high) held += Math.exp(log);
      }
    }
    expect(Math.abs(held - expected)).toBeLessThan(1e-4);
  });
});
