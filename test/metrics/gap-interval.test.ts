import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newcombeDifference } from '../../layers/quality/math/intervals/index.ts';
import { normalCdf } from '../../layers/quality/math/normal.ts';
import { normalSpanQuantile } from '../../layers/quality/math/normal-range.ts';
import { gapInterval } from '../../layers/quality/metrics/fairness/gap-interval.ts';
import type { Fraction } from '../../layers/quality/metrics/fairness/reading.ts';
import { around, within } from '../math/interval-properties.ts';

const fraction = fc
  .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 40 }))
  .map(([hits, more]): Fraction => [hits, hits + more]);
const rates = fc.array(fraction, { minLength: 2, maxLength: 5 });
const gapOf = (groups: Fraction[]): number => {
  const shares = groups.map(([hits, rows]) => hits / rows);
  return Math.max(...shares) - Math.min(...shares);
};
const ratioOf = (groups: Fraction[]): number => {
  const shares = groups.map(([hits, rows]) => hits / rows);
  return Math.min(...shares) / Math.max(...shares);
};

describe('the interval of the largest gap between groups', () => {
  it('holds the gap, is within its range, and does not depend on the order of groups', () => {
    fc.assert(
      fc.property(rates, (groups) => {
        const difference = gapInterval([groups], 'difference', gapOf(groups))!;
        expect(around(difference, gapOf(groups)) && within(difference, [0, 1])).toBe(true);
        expect(gapInterval([[...groups].reverse()], 'difference', gapOf(groups))).toEqual(difference);
        fc.pre(groups.some(([hits]) => hits > 0));
        const ratio = gapInterval([groups], 'ratio', ratioOf(groups))!;
        expect(around(ratio, ratioOf(groups)) && within(ratio, [0, 1])).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
  it('of two groups far apart is that of their difference', () => {
    const groups: Fraction[] = [
      [300, 500],
      [100, 500],
    ];
    const { interval } = newcombeDifference(300, 500, 100, 500);
    const [low, high] = gapInterval([groups], 'difference', 0.4)!;
    expect(low).toBeCloseTo(interval![0], 12);
    expect(high).toBeCloseTo(interval![1], 12);
  });
  it('begins at parity where groups may be alike, and not where one is not', () => {
    const alike: Fraction[] = [
      [50, 100],
      [46, 100],
      [54, 100],
      [49, 100],
    ];
    expect(gapInterval([alike], 'difference', gapOf(alike))![0]).toBe(0);
    expect(gapInterval([alike], 'ratio', ratioOf(alike))![1]).toBe(1);
    const apart: Fraction[] = [...alike, [85, 100]];
    expect(gapInterval([apart], 'difference', gapOf(apart))![0]).toBeGreaterThan(0.15);
    expect(gapInterval([apart], 'ratio', ratioOf(apart))![1]).toBeLessThan(0.8);
  });
  it('begins lower the more groups it was chosen among', () => {
    const two: Fraction[] = [
      [40, 100],
      [60, 100],
    ];
    const more = [...two, ...Array.from({ length: 6 }, (): Fraction => [50, 100])];
    expect(gapInterval([two], 'difference', 0.2)![0]).toBeGreaterThan(gapInterval([more], 'difference', 0.2)![0]);
  });
  it('begins higher where few of the groups may be farthest apart', () => {
    const apart = (middle: number): Fraction[] => [[300, 1000], ...Array.from({ length: 4 }, (): Fraction => [middle, 1000]), [600, 1000]];
    const [among] = gapInterval([apart(450)], 'difference', 0.3)!;
    expect(among).toBeCloseTo(newcombeDifference(600, 1000, 300, 1000).interval![0], 12);
    expect(gapInterval([apart(300)], 'difference', 0.3)![0]).toBeLessThan(among - 0.005);
  });
  it('of one small group apart is that of its difference to one of the others, which have its errors in common', () => {
    const large: Fraction[] = Array.from({ length: 3 }, () => [1500, 3000]);
    const [low] = gapInterval([[...large, [51, 60]]], 'difference', 0.35)!;
    expect(low).toBeCloseTo(newcombeDifference(51, 60, 1500, 3000).interval![0], 12);
  });
  it('begins near parity where the range of two clusters of the groups, not of groups alike, leaves it', () => {
    const groups = [42, 46, 49, 51, 54, 64].map((hits): Fraction => [hits, 100]);
    const [low] = gapInterval([groups], 'difference', 0.22)!;
    const confidence = 2 * normalCdf(normalSpanQuantile(0.95, 3, 3) / Math.SQRT2) - 1;
    expect(low).toBeCloseTo(newcombeDifference(64, 100, 42, 100, confidence).interval![0], 12);
  });
  it('of hundreds of groups depends on no order, and on a small group in the middle', () => {
    const times = (count: number, of: Fraction): Fraction[] => Array.from({ length: count }, () => of);
    const tied = [...times(150, [90, 100]), ...times(150, [900, 1000]), ...times(150, [100, 1000])];
    expect(gapInterval([[...tied].reverse()], 'difference', 0.8)).toEqual(gapInterval([tied], 'difference', 0.8));
    const near = [...times(150, [520, 1000]), ...times(150, [480, 1000])];
    const few: Fraction[] = [
      [520, 1000],
      [480, 1000],
      [5, 10],
    ];
    expect(gapInterval([[...near, [5, 10]]], 'difference', 0.04)![1]).toBe(gapInterval([few], 'difference', 0.04)![1]);
  });
  it('takes the worse of several rates', () => {
    const [near, far]: Fraction[][] = [
      [
        [50, 100],
        [51, 100],
      ],
      [
        [20, 100],
        [70, 100],
      ],
    ];
    const [low, high] = gapInterval([near!, far!], 'difference', 0.5)!;
    expect(low).toBeGreaterThan(0.3);
    expect(high).toBeCloseTo(newcombeDifference(70, 100, 20, 100).interval![1], 12);
  });
  it('is that of the one rate that may be the worst, and not where another may be', () => {
    const of = (rows: number, ...hits: number[]): Fraction[] => hits.map((each) => [each, rows]);
    const both = (far: Fraction[], near: Fraction[]): number[] =>
      [[far, near], [far]].map((rates) => gapInterval(rates, 'difference', 0.22)![0]);
    const [beside, alone] = both(of(100, 40, 62), of(500, 240, 260));
    expect(beside).toBe(alone);
    const [among, only] = both(of(1000, 400, 400, 620), of(200, 86, 100, 114));
    expect(among).toBeLessThan(only! - 0.005);
  });
  it('leaves out groups without rows, and is none of one', () => {
    const none: Fraction = [0, 0];
    const groups: Fraction[] = [
      [40, 100],
      [60, 100],
    ];
    expect(gapInterval([[...groups, none]], 'difference', 0.2)).toEqual(gapInterval([groups], 'difference', 0.2));
    expect(gapInterval([[groups[0]!, none]], 'difference', 0)).toBeNull();
  });
});
