import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededDraws } from '../../layers/quality/math/intervals/seeded-draws.ts';
import { LEAST_VALUES, lastLevelChange, shareAsStrong } from '../../layers/quality/math/level-change.ts';
import { LEAST_PART, strongestSplit } from '../../layers/quality/math/level-split.ts';

const draw = seededDraws('level change test');
const normal = (): number => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
const series = (n: number, of: (i: number) => number): number[] => Array.from({ length: n }, (_, i) => of(i));
const correlated = (n: number, by: number): number[] => {
  let value = normal() / Math.sqrt(1 - by * by);
  return series(n, () => (value = by * value + normal()));
};

/** Share of simulated series in which a step is found, at the place asked for or one beside it. */
const share = (times: number, make: () => number[], at?: number): number => {
  let found = 0;
  for (let i = 0; i < times; i++) {
    const change = lastLevelChange(make());
    if (change !== null && (at === undefined || Math.abs(change.at - at) <= 1)) found++;
  }
  return found / times;
};

describe('where nothing changed', () => {
  it.each<[string, () => number[]]>([
    ['31 normal values', () => series(31, normal)],
    ['12 normal values', () => series(12, normal)],
    ['values of a heavy tail', () => series(31, () => Math.tan(Math.PI * (draw() - 0.5)))],
    ['values most of which are zero', () => series(31, () => Math.max(0, normal() - 1))],
  ])('a step is found in at most one of fifty series of %s', (_, make) => {
    expect(share(1000, make)).toBeLessThanOrEqual(0.02);
  });

  it.each<[string, () => number[]]>([
    ['neighbours are alike (0.5)', () => correlated(31, 0.5)],
    ['a day goes up and down', () => series(31, (i) => 2 * Math.sin((2 * Math.PI * i) / 24) + normal())],
    ['the last value is the largest', () => series(30, normal).toSpliced(30, 0, 4)],
  ])('a step is found in at most one of twenty series where %s', (_, make) => {
    expect(share(1000, make)).toBeLessThanOrEqual(0.05);
  });

  it('nothing is said of too few values, of equal ones, and of those that are no numbers', () => {
    const step = series(LEAST_VALUES, (i) => (i < 5 ? 0 : 1));
    expect(lastLevelChange(step)).toMatchObject({ at: 5, from: 0 });
    expect(lastLevelChange(step.slice(1))).toBeNull();
    for (const value of [0, 0.1, -3e9, Number.NaN, Number.POSITIVE_INFINITY]) expect(lastLevelChange(series(31, () => value))).toBeNull();
    expect(lastLevelChange([...step, Number.NaN])).toBeNull();
    expect(lastLevelChange([])).toBeNull();
  });
});

describe('a step', () => {
  it.each([
    [4, 5],
    [4, 15],
    [6, 3],
  ])('of %i standard deviations, %i windows ago of 31, is found at its place or one beside it in nine of ten series', (size, ago) => {
    expect(share(300, () => series(31, (i) => normal() + (i >= 31 - ago ? size : 0)), 31 - ago)).toBeGreaterThanOrEqual(0.9);
  });

  it('beside another one is not told, rather than told wrongly', () => {
    expect(share(300, () => series(31, (i) => normal() + (i >= 20 ? 10 : i >= 10 ? 5 : 0)))).toBeLessThanOrEqual(0.02);
  });

  it('is not what a slow drift is taken for: nothing is said of one that is plain', () => {
    expect(share(300, () => series(31, (i) => normal() + (8 * i) / 30))).toBeLessThanOrEqual(0.02);
    // One that hardly stands out of the noise looks like a step now and then.
    expect(share(300, () => series(31, (i) => normal() + (2 * i) / 30))).toBeLessThanOrEqual(0.25);
  });
});

const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 0, maxLength: 31 });

describe('whatever the series', () => {
  it('the same is found again, shifted and scaled as well, and has enough values on both sides', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 31 }), fc.integer({ min: -99, max: 99 }), (given, by) => {
        const found = lastLevelChange(given);
        expect(lastLevelChange(given.map((value) => value * 4 + by))?.at).toBe(found?.at);
        if (found === null) return;
        expect(found.at - found.from).toBeGreaterThanOrEqual(LEAST_PART);
        expect(given.length - found.at).toBeGreaterThanOrEqual(LEAST_PART);
        expect(found.pValue).toBeLessThanOrEqual(0.01);
      }),
      { numRuns: 60 },
    );
  });

  it('no split explains more than all of it', () => {
    fc.assert(
      fc.property(values, (given) => {
        const split = strongestSplit(given);
        if (split !== null) expect(split.difference ** 2 / (given.length - 1)).toBeLessThanOrEqual(1 + 1e-9);
      }),
    );
  });
});

describe('beside ruptures', () => {
  const file = new URL('../reference/level-change.json', import.meta.url);
  const { cases } = JSON.parse(readFileSync(file, 'utf8')) as {
    cases: { values: number[]; at: number; explained: number; pValue: number }[];
  };

  it.each(cases.map((each, i) => [i, each] as const))(
    'series %i is split at the same place, as rarely',
    (_, { values: given, at, explained, pValue }) => {
      const split = strongestSplit(given)!;
      expect(split.at).toBe(at);
      expect(split.difference ** 2 / (given.length - 1)).toBeCloseTo(explained, 10);
      const error = 4 * Math.sqrt((pValue * (1 - pValue)) / 2000) + 1 / 2000;
      expect(Math.abs(shareAsStrong(given, split.difference) - pValue)).toBeLessThanOrEqual(error);
    },
  );
});
