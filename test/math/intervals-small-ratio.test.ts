import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { koopmanRatio } from '../../layers/quality/math/intervals/index.ts';
import { shareRatio } from '../../layers/quality/metrics/fairness/share-ratio.ts';
import { around, grows, near } from './interval-properties.ts';

describe('a ratio of shares', () => {
  const share = fc
    .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }))
    .map(([hits, misses]) => [hits, hits + misses] as const);
  it('is held by an interval from 0 on that grows with the level', () => {
    fc.assert(
      fc.property(share, share, (first, second) => {
        const { value, interval } = koopmanRatio(...first, ...second);
        fc.pre(value !== null);
        expect(around(interval!, value!) && interval![0] >= 0).toBe(true);
        grows((level) => koopmanRatio(...first, ...second, level).interval!);
      }),
    );
  });
  it('has the reciprocal interval the other way round, by either method', () => {
    fc.assert(
      fc.property(share, share, (first, second) => {
        fc.pre(first[0] > 0 && second[0] > 0);
        const [one, back] = [shareRatio([...first], [...second]).interval!, shareRatio([...second], [...first]).interval!];
        near(one, [1 / back[1], 1 / back[0]], 1e-7);
      }),
    );
  });
  it('has a width where all are hits, begins at 0 without hits, and is null with a reason without any to compare with', () => {
    const [low, high] = shareRatio([20, 20], [15, 15]).interval!;
    expect(low).toBeLessThan(0.9);
    expect(high).toBeGreaterThan(1.1);
    expect(shareRatio([0, 30], [4, 20]).interval![0]).toBe(0);
    expect(shareRatio([3, 30], [0, 20])).toEqual({ value: null, interval: null, reason: 'no hits to compare with' });
    expect(shareRatio([0, 0], [1, 20])).toEqual({ value: null, interval: null, reason: 'no rows on a side' });
  });
  /** Chance of so many hits in so many rows, for every number of them. */
  function chances(size: number, rate: number): Float64Array {
    const found = Float64Array.of((1 - rate) ** size, ...new Array(size).fill(0));
    for (let hits = 1; hits <= size; hits++) found[hits] = (found[hits - 1]! * (size - hits + 1) * rate) / (hits * (1 - rate));
    return found;
  }
  it.each([
    [100, 33, 0.1, 0.15],
    [100, 33, 0.5, 0.6],
    [100, 33, 0.9, 0.8],
    [120, 60, 0.3, 0.3],
    [100, 100, 0.95, 0.9],
  ])('of %d and %d rows with rates of %d and %d holds the truth in 94 to 97 %% of all tables there are', (size1, size2, rate1, rate2) => {
    const [first, second] = [chances(size1, rate1), chances(size2, rate2)];
    let [held, all] = [0, 0];
    for (let hits1 = 0; hits1 <= size1; hits1++)
      for (let hits2 = 1; hits2 <= size2; hits2++) {
        const chance = first[hits1]! * second[hits2]!;
        if (chance < 1e-9) continue;
        all += chance;
        const [low, high] = shareRatio([hits1, size1], [hits2, size2]).interval!;
        if (low <= rate1 / rate2 && rate1 / rate2 <= high) held += chance;
      }
    expect(held / all).toBeGreaterThan(0.94);
    expect(held / all).toBeLessThan(0.97);
  });
});
