import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { poissonCdf } from '../../layers/quality/math/index.ts';
import { countPosterior, type Interval, midPGamma, quantile } from '../../layers/quality/math/intervals/index.ts';
import { around, grows, near, within } from './interval-properties.ts';

const rows = fc.integer({ min: 0, max: 30 });

describe('midPGamma', () => {
  const positive = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
  it('holds the mean, is never below 0, grows with the level, and is as wide in any unit', () => {
    fc.assert(
      fc.property(
        positive,
        fc.double({ min: 0.05, max: 2, noNaN: true }),
        fc.double({ min: 0.01, max: 2, noNaN: true }),
        (mean, spread, part) => {
          const [variance, more] = [(spread * mean) ** 2, part * mean];
          const interval = midPGamma(mean, variance, more);
          expect(around(interval, mean) && interval[0] >= 0).toBe(true);
          grows((level) => midPGamma(mean, variance, more, level).map((end) => end / mean) as Interval);
          const unit = midPGamma(1, spread ** 2, part);
          near(interval.map((end) => end / mean) as Interval, unit);
        },
      ),
    );
  });
  it('is the mid-p interval of a Poisson mean for a count', () => {
    for (const count of [1, 2, 5, 40]) {
      const [low, high] = midPGamma(count, count, 1);
      const below = (mean: number): number => (poissonCdf(count - 1, mean) + poissonCdf(count, mean)) / 2;
      expect(below(high)).toBeCloseTo(0.025, 9);
      expect(1 - below(low)).toBeCloseTo(0.025, 9);
    }
  });
  it('ends above a mean of nothing by what one more may bring', () => {
    const [low, high] = midPGamma(0, 0, 0.5);
    expect(low).toBe(0);
    expect(high).toBeGreaterThan(0.5);
  });
});

describe('countPosterior', () => {
  const kappa = ([tp, fp, fn, tn]: Float64Array): number | null => {
    const all = tp! + fp! + fn! + tn!;
    const chance = ((tp! + fp!) * (tp! + fn!) + (fn! + tn!) * (fp! + tn!)) / all ** 2;
    return chance < 1 ? ((tp! + tn!) / all - chance) / (1 - chance) : null;
  };
  const options = { seed: 's', rounds: 300 };
  it('holds the statistic, is within its range, and the same for a seed', () => {
    fc.assert(
      fc.property(fc.tuple(rows, rows, rows, rows), (cells) => {
        const interval = countPosterior(cells, kappa, options);
        const value = kappa(Float64Array.from(cells));
        fc.pre(value !== null && Number.isFinite(value));
        expect(around(interval!, value!) && within(interval!, [-1, 1])).toBe(true);
        expect(countPosterior(cells, kappa, options)).toEqual(interval);
        grows((confidence) => countPosterior(cells, kappa, { ...options, confidence })!);
      }),
      { numRuns: 50 },
    );
  });
  it('takes a cell of no rows for what may yet come', () => {
    const [low, high] = countPosterior([10, 0, 0, 90], kappa, options)!;
    expect(low).toBeLessThan(0.95);
    expect(high).toBe(1);
  });
  it('of many rows is as wide as the formula says', () => {
    const share = ([hits, misses]: Float64Array): number => hits! / (hits! + misses!);
    const [low, high] = countPosterior([2400, 7600], share, { seed: 's', rounds: 20_000 })!;
    expect((high - low) / (2 * 1.96 * Math.sqrt((0.24 * 0.76) / 10_000))).toBeCloseTo(1, 1);
  });
  it('is none where the statistic is none, or is none in too many draws', () => {
    expect(countPosterior([5, 5], () => null, options)).toBeNull();
    const nowAndThen = ([first, second]: Float64Array): number | null => (first! < 1.5 * second! ? 1 : null);
    expect(countPosterior([5, 5], nowAndThen, options)).toBeNull();
  });
});

describe('quantile', () => {
  it('is linear between the order statistics', () => {
    expect([0, 0.25, 0.5, 1].map((p) => quantile([1, 2, 4], p))).toEqual([1, 1.5, 2, 4]);
  });
});
