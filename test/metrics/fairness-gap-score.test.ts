import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binScored, type ScoredCounts, scoredCounts } from '../../layers/quality/metrics/accuracy/scored-counts.ts';
import { equalisingThreshold, scoreGap } from '../../layers/quality/metrics/fairness/index.ts';

const scored = (scores: number[]): ScoredCounts =>
  scoredCounts(
    scores,
    scores.map((_, i) => i % 2),
  ); // labels do not matter
const share = (scores: number[], threshold: number): number => scores.filter((score) => score >= threshold).length / scores.length;
/** Few distinct scores, so that there are ties. */
const rows = fc.array(
  fc.integer({ min: 0, max: 20 }).map((step) => step / 20),
  { minLength: 1, maxLength: 50 },
);
const thresholds = fc.integer({ min: -1, max: 42 }).map((step) => step / 40);

describe('the score gap', () => {
  it('is the difference of mean scores and of shares at or above the threshold', () => {
    const gap = scoreGap(scored([0.1, 0.2, 0.5, 0.6]), scored([0.4, 0.5, 0.7, 0.8, 0.9]), 0.5).value!;
    expect(gap.mean).toEqual({ group: expect.closeTo(0.35, 12), rest: expect.closeTo(0.66, 12), difference: expect.closeTo(-0.31, 12) });
    expect(gap.selected).toEqual({ group: 0.5, rest: 0.8, difference: 0.5 - 0.8 });
  });

  it('turns its signs when the sides are swapped, and is 0 between equal distributions', () => {
    fc.assert(
      fc.property(rows, rows, thresholds, (group, rest, threshold) => {
        const [there, back] = [
          scoreGap(scored(group), scored(rest), threshold).value!,
          scoreGap(scored(rest), scored(group), threshold).value!,
        ];
        expect(there.mean.difference === -back.mean.difference).toBe(true);
        expect(there.selected.difference === -back.selected.difference).toBe(true);
        const none = scoreGap(scored([...rest, ...rest]), scored(rest), threshold).value!;
        expect(none.mean.difference).toBeCloseTo(0, 12);
        expect(none.selected.difference).toBe(0);
        expect(none.equalising).toEqual({ threshold, selected: none.selected.rest, left: 0 });
      }),
    );
  });

  it('can be large in means and nothing at the threshold', () => {
    const gap = scoreGap(scored([0.3, 0.6]), scored([0.4, 0.99]), 0.5).value!;
    expect(gap.mean.difference).toBeLessThan(-0.2);
    expect(gap.selected.difference).toBe(0);
    expect(gap.equalising.threshold).toBe(0.5);
  });

  it('of merged bins holds the exact one within its error, and has the exact means', () => {
    fc.assert(
      fc.property(rows, rows, thresholds, (group, rest, threshold) => {
        const binned = (scores: number[]): ScoredCounts => binScored(scored(scores), [0.25, 0.5, 0.75]);
        const rough = scoreGap(binned(group), binned(rest), threshold).value!;
        const exact = scoreGap(scored(group), scored(rest), threshold).value!;
        expect(rough.mean.difference).toBeCloseTo(exact.mean.difference, 12);
        expect(Math.abs(rough.selected.difference - exact.selected.difference)).toBeLessThanOrEqual(rough.selected.error! + 1e-12);
        const { threshold: other, left, error } = rough.equalising;
        expect(Math.abs(share(group, other) - share(rest, threshold) - left)).toBeLessThanOrEqual(error! + 1e-12);
      }),
    );
  });

  it.each<[number[], number[], number, string]>([
    [[], [0.5], 0.5, 'no rows in the group'],
    [[0.5], [], 0.5, 'no rows in the rest'],
    [[0.5], [0.5], Number.NaN, 'no threshold'],
  ])('is null with the reason (%#)', (group, rest, threshold, reason) => {
    expect(scoreGap(scored(group), scored(rest), threshold)).toEqual({ value: null, reason });
  });
});

describe('the equalising threshold', () => {
  it('leaves no more of the gap than any other threshold would', () => {
    fc.assert(
      fc.property(rows, rows, thresholds, (group, rest, threshold) => {
        const goal = share(rest, threshold);
        const found = equalisingThreshold(scored(group), scored(rest), threshold).value!;
        expect(found.selected).toBeCloseTo(share(group, found.threshold), 12);
        expect(found.left).toBeCloseTo(found.selected - goal, 12);
        const possible = [Number.POSITIVE_INFINITY, threshold, ...group].map((other) => Math.abs(share(group, other) - goal));
        expect(Math.abs(found.left)).toBeLessThanOrEqual(Math.min(...possible) + 1e-9);
      }),
    );
  });

  it('of scores that are shifted is the threshold shifted as much', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 1000 }), { minLength: 2, maxLength: 80 }),
        fc.integer({ min: 1, max: 500 }),
        (steps, shift) => {
          const sorted = steps.sort((a, b) => a - b);
          const threshold = sorted[Math.floor(sorted.length / 2)]!;
          const found = equalisingThreshold(scored(sorted.map((step) => step - shift)), scored(sorted), threshold).value!;
          expect(found.left).toBe(0);
          const needless =
            share(
              sorted.map((step) => step - shift),
              threshold,
            ) === share(sorted, threshold);
          expect(found.threshold).toBe(needless ? threshold : threshold - shift);
        },
      ),
    );
  });

  it('stays where it is if no other comes nearer, says what ties leave, and is infinite where nobody is to be selected', () => {
    expect(equalisingThreshold(scored([0.2, 0.8]), scored([0.4, 0.6]), 0.5).value).toEqual({ threshold: 0.5, selected: 0.5, left: 0 });
    expect(equalisingThreshold(scored([0.2, 0.2, 0.2, 0.8]), scored([0.4, 0.6]), 0.5).value).toEqual({
      threshold: 0.5,
      selected: 0.25,
      left: -0.25,
    });
    expect(equalisingThreshold(scored([0.3, 0.3]), scored([0.4, 0.6]), 0.2).value).toEqual({ threshold: 0.2, selected: 1, left: 0 });
    expect(equalisingThreshold(scored([0.7, 0.9]), scored([0.1, 0.2]), 0.5).value).toEqual({
      threshold: Number.POSITIVE_INFINITY,
      selected: 0,
      left: 0,
    });
    // Equally near: the present one is farther, and of 0.3 (three quarters) and 0.6 (a quarter) the lower selects more.
    expect(equalisingThreshold(scored([0.1, 0.3, 0.3, 0.6]), scored([0.4, 0.9]), 0.7).value).toEqual({
      threshold: 0.3,
      selected: 0.75,
      left: 0.25,
    });
  });
});
