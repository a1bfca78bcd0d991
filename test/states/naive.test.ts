import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BottomK, estimateDistinct } from '../../layers/quality/states/bottom-k.ts';
import { type Categories, categories } from '../../layers/quality/states/categories.ts';
import { binSums, type Cuts, cuts } from '../../layers/quality/states/cuts.ts';
import { distinct } from '../../layers/quality/states/distinct.ts';
import { type Extremes, extremes } from '../../layers/quality/states/extremes.ts';
import { type Hours, hours } from '../../layers/quality/states/hours.ts';
import { type Lengths, lengths } from '../../layers/quality/states/lengths.ts';
import { type Moments, moments } from '../../layers/quality/states/moments.ts';
import type { Context, State, VectorKind } from '../../layers/quality/states/state.ts';
import { type Tally, tally } from '../../layers/quality/states/tally.ts';
import { type Case, caseOf, type Row, SEED, vectorOf } from './vectors.ts';

const RUNS = { seed: SEED, numRuns: 100 };

function of<S>(state: State, kind: VectorKind, rows: Row[], context: Context = {}): S {
  const made = state.create(context);
  state.update(made, vectorOf(kind, rows), context);
  return made as S;
}

const present = <T>(rows: Row[]): T[] => rows.flatMap((row) => (row === null || row === 'misfit' ? [] : [row.value as T]));
const finite = (rows: Row[]): number[] => present<number>(rows).filter(Number.isFinite);
const on = (kind: VectorKind, claim: (of: Case) => void): void =>
  fc.assert(
    fc.property(caseOf(kind), (made) => {
      claim(made);
    }),
    RUNS,
  );

/** Sums over count of doubles without rounding: every double is a whole number of 2^-1074ths. */
function exactCentral(values: number[], power: number): number {
  const SCALE = 60n;
  const scaled = values.map((value) => BigInt(Math.round(value * 2 ** 30)) << (SCALE - 30n));
  const count = BigInt(values.length);
  const total = scaled.reduce((a, b) => a + b, 0n);
  // (count·x − total)^power / count^power, summed.
  const sum = scaled.reduce((a, b) => a + (count * b - total) ** BigInt(power), 0n);
  const unit = (1n << SCALE) * count;
  const digits = 10n ** 30n;
  return Number((sum * digits) / unit ** BigInt(power)) / 1e30;
}

describe('moments', () => {
  // Multiples of 2^-20, so that the reference is exact whatever the offset.
  const grid = fc.array(
    fc.integer({ min: -(2 ** 24), max: 2 ** 24 }).map((n) => n / 2 ** 20),
    { minLength: 2, maxLength: 60 },
  );
  const rows = (values: number[]): Row[] => values.map((value) => ({ value }));

  it.each([0, 1e3, 1e9])('equal the exact ones of values around %d', (offset) => {
    fc.assert(
      fc.property(grid, (values) => {
        const shifted = values.map((value) => value + offset);
        const { count, mean, m2, m3, m4 } = of<Moments>(moments, 'number', rows(shifted));
        expect(count).toBe(values.length);
        const exact = offset + values.reduce((a, b) => a + b, 0) / values.length;
        expect(Math.abs(mean - exact)).toBeLessThanOrEqual(2e-16 * (Math.abs(offset) + 16));
        const [s2, s3, s4] = [2, 3, 4].map((power) => exactCentral(values, power)) as [number, number, number];
        expect(Math.abs(m2 - s2)).toBeLessThanOrEqual(1e-12 * s2);
        expect(Math.abs(m3 - s3)).toBeLessThanOrEqual(1e-11 * (16 * s2 + Math.abs(s3)));
        expect(Math.abs(m4 - s4)).toBeLessThanOrEqual(1e-11 * (256 * s2 + s4));
      }),
      RUNS,
    );
  });

  it('of blocks around 1e9, merged, keep the standard deviation to six digits', () =>
    fc.assert(
      fc.property(grid, grid, (a, b) => {
        const blocks = [a, b].map((values) => of<Moments>(moments, 'number', rows(values.map((value) => value + 1e9))));
        const { m2 } = moments.merge(blocks[0]!, blocks[1]!) as Moments;
        const exact = exactCentral([...a, ...b], 2);
        expect(Math.abs(m2 - exact)).toBeLessThanOrEqual(1e-6 * (exact + 1e-6));
      }),
      RUNS,
    ));
});

it('cuts count as a search from edge to edge does', () =>
  on('number', ({ rows, context }) => {
    const edges = context.edges!;
    const { counts } = of<Cuts>(cuts, 'number', rows, context);
    const naive = new Array<number>(edges.length + 1).fill(0);
    for (const value of finite(rows)) naive[edges.filter((edge) => edge <= value).length]!++;
    expect(Array.from(counts)).toEqual(naive);
  }));

it("cuts know a bin's sum within a 256th of its width a value, and give a finite one however wide it is", () =>
  on('number', ({ rows, context }) => {
    const edges = context.edges!;
    const state = of<Cuts>(cuts, 'number', rows, context);
    const sums = binSums(state, edges);
    for (let bin = 1; bin < edges.length; bin++) {
      const width = edges[bin]! - edges[bin - 1]!;
      const values = finite(rows).filter((value) => edges[bin - 1]! <= value && value < edges[bin]!);
      const exact = values.reduce((a, b) => a + b, 0);
      if (!(Number.isFinite(exact) && Number.isFinite(values.length * edges[bin - 1]!))) continue;
      const slack = 1e-12 * values.length * Math.max(Math.abs(edges[bin - 1]!), Math.abs(edges[bin]!));
      expect(sums[bin]).not.toBeNaN();
      if (width < 1e300 && width > 1e-300) expect(Math.abs(sums[bin]! - exact)).toBeLessThanOrEqual((values.length * width) / 256 + slack);
    }
  }));

it('extremes are the smallest and the largest finite value', () =>
  on('number', ({ rows }) => {
    const { minimum, maximum } = of<Extremes>(extremes, 'number', rows);
    const sorted = finite(rows).sort((a, b) => a - b);
    expect([minimum + 0, maximum + 0]).toEqual([
      (sorted[0] ?? Number.POSITIVE_INFINITY) + 0,
      (sorted.at(-1) ?? Number.NEGATIVE_INFINITY) + 0,
    ]);
  }));

describe('distinct', () => {
  const numberKey = (value: number): unknown => (value === 0 ? 0 : value);
  const keys: Record<string, (value: never) => unknown> = {
    number: numberKey,
    counted: (value) => value,
    hashed: ([hash]: [number]) => hash,
  };
  it.each(['number', 'counted', 'hashed'] as const)('counts %s values exactly while they fit', (kind) =>
    on(kind, ({ rows }) => {
      const sketch = of<BottomK>(distinct, kind, rows, { sketchSize: 256 });
      const counts = new Map<unknown, number>();
      for (const value of present<never>(rows)) counts.set(keys[kind]!(value), (counts.get(keys[kind]!(value)) ?? 0) + 1);
      const { distinct: found, once, exact } = estimateDistinct(sketch);
      expect({ found, once, exact }).toEqual({ found: counts.size, once: [...counts.values()].filter((n) => n === 1).length, exact: true });
    }),
  );

  it('is within four standard errors of 50,000 values beyond that', () => {
    const rows = Array.from({ length: 50_000 }, (_, i): Row => ({ value: i * 0.1 }));
    const estimate = estimateDistinct(of<BottomK>(distinct, 'number', rows, { sketchSize: 1024 }));
    expect(estimate.exact).toBe(false);
    expect(Math.abs(estimate.distinct - 50_000)).toBeLessThan(4 * estimate.error);
  });
});

it('categories count the known, and name the others', () =>
  on('counted', ({ rows, context }) => {
    const state = of<Categories>(categories, 'counted', rows, context);
    const values = present<string>(rows);
    const others = values.filter((value) => !context.categories!.includes(value));
    expect(Array.from(state.known)).toEqual(context.categories!.map((name) => values.filter((value) => value === name).length));
    expect(state.others).toBe(others.length);
    for (const name of new Set(others)) expect(state.unknown[name]).toBe(others.filter((value) => value === name).length);
    expect(Object.keys(state.unknown)).toHaveLength(new Set(others).size);
  }));

it('categories name 1,024 of many others, the same ones in any order', () => {
  const names = Array.from({ length: 5000 }, (_, i): Row => ({ value: `name ${i % 4000}` }));
  const [one, other] = [names, names.toReversed()].map((rows) => of<Categories>(categories, 'counted', rows));
  expect(Object.keys(one!.unknown)).toHaveLength(1024);
  expect(categories.encode(one!)).toEqual(categories.encode(other!));
  expect(one!.others).toBe(5000);
});

it('lengths are in code points', () =>
  on('counted', ({ rows }) => {
    const found = of<Lengths>(lengths, 'counted', rows);
    const all = present<string>(rows).map((text) => [...text].length);
    expect(found).toEqual({
      count: all.length,
      sum: all.reduce((a, b) => a + b, 0),
      minimum: Math.min(...all),
      maximum: Math.max(0, ...all),
    });
  }));

describe('hours', () => {
  it('count rows by the hour', () =>
    on('time', ({ rows }) => {
      const { step, counts } = of<Hours>(hours, 'time', rows);
      const naive = new Map<number, number>();
      for (const time of finite(rows)) naive.set(Math.floor(time / 3600) + 0, (naive.get(Math.floor(time / 3600) + 0) ?? 0) + 1);
      expect(step).toBe(3600);
      expect(counts).toEqual(naive);
    }));

  it('count by the day beyond 1,000 hours, however they are split', () => {
    const rows = Array.from({ length: 2400 }, (_, i): Row => ({ value: i * 3600 + 17 }));
    const whole = of<Hours>(hours, 'time', rows);
    expect([whole.step, whole.counts.size, whole.counts.get(99)]).toEqual([86400, 100, 24]);
    const parts = [rows.slice(0, 900), rows.slice(900, 1500), rows.slice(1500)].map((part) => of<Hours>(hours, 'time', part));
    expect(hours.encode(parts.reduce((a, b) => hours.merge(a, b) as Hours))).toEqual(hours.encode(whole));
  });
});

describe('tally', () => {
  it('counts numbers by what they are', () =>
    on('number', ({ rows }) => {
      const values = present<number>(rows);
      const count = (is: (value: number) => boolean): number => values.filter(is).length;
      const integral = count(Number.isInteger);
      expect(of<Tally>(tally, 'number', rows)).toEqual({
        rows: rows.length,
        present: values.length,
        nan: count(Number.isNaN),
        infinite: count((value) => Math.abs(value) === Number.POSITIVE_INFINITY),
        blank: 0,
        zero: count((value) => value === 0),
        negative: count((value) => value < 0 && value > Number.NEGATIVE_INFINITY),
        integral,
        fractional: values.length - integral,
        textual: 0,
        misfit: rows.filter((row) => row === 'misfit').length,
      });
    }));

  it('counts texts by what a reader takes them for', () => {
    const texts = ['1', '-7', '+ 3', '1.5', '.5', '1e5', '-2.5E-3', 'x', '', '  ', '1,000', '__proto__'];
    const found = of<Tally>(
      tally,
      'counted',
      texts.map((value) => ({ value })),
    );
    expect(found).toMatchObject({ rows: 12, present: 12, blank: 2, integral: 3, fractional: 4, textual: 5 });
  });
});

it('names of other categories with fewer than 5 rows leave the process as hashes, and merge all the same', () => {
  const vector = (values: string[], counts: number[]) => ({ kind: 'counted' as const, rows: 9, misfits: 0, values, counts });
  const made = (values: string[], counts: number[]) => {
    const state = categories.create({});
    categories.update(state, vector(values, counts), {});
    return categories.decode(categories.encode(state), 1, {});
  };
  const text = JSON.stringify(categories.encode(made(['Ms Rare', 'often'], [4, 5])));
  expect(text).not.toContain('Rare');
  expect(text).toContain('often');
  const merged = categories.encode(categories.merge(made(['Ms Rare'], [3]), made(['Ms Rare'], [6]))) as { unknown: unknown };
  expect(merged.unknown).toEqual([['Ms Rare', 9]]);
});
