import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wilsonInterval } from '../../layers/quality/math/index.ts';
import { aucInterval, delong, type Interval, scoreEnds } from '../../layers/quality/math/intervals/index.ts';
import { around, grows, near, within } from './interval-properties.ts';

const rows = fc.integer({ min: 0, max: 30 });
const byScore = fc
  .array(fc.tuple(rows, rows), { minLength: 2, maxLength: 8 })
  .map((scores) => ({ positives: scores.map(([positive]) => positive), negatives: scores.map(([, negative]) => negative) }));

describe('ROC AUC', () => {
  const printed = (scored: { positives: number[]; negatives: number[] }, level = 0.95) => aucInterval(delong(scored), level);
  it('is held by an interval within 0 and 1 that grows with the level', () => {
    fc.assert(
      fc.property(byScore, (scored) => {
        const { value } = delong(scored);
        const interval = printed(scored);
        if (interval === null) return;
        expect(around(interval, value!) && within(interval, [0, 1])).toBe(true);
        grows((level) => printed(scored, level)!);
      }),
    );
  });
  it('has the mirrored interval where scores run the other way, and where the classes change places', () => {
    fc.assert(
      fc.property(byScore, ({ positives, negatives }) => {
        const interval = printed({ positives, negatives });
        if (interval === null) return;
        const mirrored: Interval = [1 - interval[1], 1 - interval[0]];
        near(printed({ positives: [...positives].reverse(), negatives: [...negatives].reverse() })!, mirrored);
        near(printed({ positives: negatives, negatives: positives })!, mirrored);
      }),
    );
  });
  it('of parted classes, and of a single positive, has an interval that reaches well below', () => {
    for (const [positives, negatives] of [
      [3, 97],
      [1, 50],
      [40, 40],
    ] as const) {
      const [low, high] = printed({ positives: [0, positives], negatives: [negatives, 0] })!;
      expect(high).toBe(1);
      expect(low).toBeLessThan(1 - 1 / (positives + negatives));
    }
  });
  it('has none without one of the classes, and where all have one score', () => {
    expect(printed({ positives: [0, 0], negatives: [3, 5] })).toBeNull();
    expect(printed({ positives: [20], negatives: [30] })).toBeNull();
  });
  it('of many rows is about that of DeLong alone', () => {
    const [positives, negatives] = [
      [500, 1500, 3000],
      [4000, 2500, 900],
    ];
    const { interval } = delong({ positives: positives!, negatives: negatives! });
    near(printed({ positives: positives!, negatives: negatives! })!, interval!, 3e-4);
  });
});

describe('scoreEnds', () => {
  it("is Wilson's interval for the variance of a share", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 40 }), (hits, misses) => {
        const size = hits + misses;
        near(
          scoreEnds(hits / size, 1.959963984540054, (p) => (p * (1 - p)) / size),
          wilsonInterval(hits, size) as Interval,
        );
      }),
    );
  });
});
