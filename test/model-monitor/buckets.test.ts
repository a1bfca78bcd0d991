import fc from 'fast-check';
import { expect, it } from 'vitest';
import { kllOf } from '../../layers/quality/model-monitor/buckets.ts';
import { renderWritten } from '../../layers/quality/model-monitor/json-text.ts';
import type { ColumnSide } from '../../layers/quality/profile/column-side.ts';
import { cuts } from '../../layers/quality/states/cuts.ts';

interface Kll {
  buckets: { lower_bound: number; upper_bound: number; count: number }[];
  sketch: { parameters: { c: number; k: number }; data: number[][] };
}

/** The part of a column's side that buckets are made of. */
function sideOf(values: number[], edges: number[]): ColumnSide {
  const finite = Float64Array.from(values);
  const context = { edges: Float64Array.from([...new Set(edges)].sort((a, b) => a - b)) };
  const state = cuts.create(context);
  cuts.update(state, { kind: 'number', rows: values.length, misfits: 0, values: finite, finite }, context);
  return { cuts: state, context, extremes: { minimum: Math.min(...values), maximum: Math.max(...values) } } as unknown as ColumnSide;
}

const kll = (values: number[], edges: number[]): Kll => JSON.parse(renderWritten(kllOf(sideOf(values, edges)))) as Kll;
const value = fc.oneof(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.integer({ min: -5, max: 5 }));

it('ten buckets from minimum to maximum hold every value once, and so does the sketch', () => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 300 }), fc.array(value, { maxLength: 40 }), (values, edges) => {
      const { buckets, sketch } = kll(values, edges);
      expect(buckets).toHaveLength(10);
      expect(buckets[0]!.lower_bound).toBe(Math.min(...values) + 0);
      expect(buckets[9]!.upper_bound).toBe(Math.max(...values) + 0);
      for (const [i, { upper_bound, count }] of buckets.entries()) {
        expect(count).toBeGreaterThanOrEqual(0);
        if (i < 9) expect(buckets[i + 1]!.lower_bound).toBe(upper_bound);
      }
      expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(values.length);
      expect(sketch.data.reduce((sum, level, height) => sum + level.length * 2 ** height, 0)).toBe(values.length);
      for (const kept of sketch.data.flat()) expect(kept >= buckets[0]!.lower_bound && kept <= buckets[9]!.upper_bound).toBe(true);
    }),
  );
});

it('a bucket is off by no more than the bins that lie across its bounds hold', () => {
  const values = Array.from({ length: 5000 }, (_, i) => Math.exp(((i * 389) % 4999) / 1000));
  const sorted = [...values].sort((a, b) => a - b);
  const edges = Array.from({ length: 1001 }, (_, i) => sorted[Math.floor((i * 4999) / 1000)]!);
  const { buckets, sketch } = kll(values, edges);
  expect(sketch.data.length).toBeGreaterThan(2);
  for (const [i, { lower_bound, upper_bound, count }] of buckets.entries()) {
    const exact = values.filter((of) => of >= lower_bound && (i === 9 ? of <= upper_bound : of < upper_bound)).length;
    expect(Math.abs(count - exact)).toBeLessThanOrEqual(10);
  }
});

it('values that do not vary, and values as far apart as doubles go', () => {
  expect(kll([7, 7, 7], []).buckets.map(({ count }) => count)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 3]);
  const { buckets } = kll([-1.7e308, 0, 1.7e308], []);
  expect(buckets.every(({ lower_bound, upper_bound }) => Number.isFinite(lower_bound) && lower_bound < upper_bound)).toBe(true);
  expect(buckets.reduce((sum, { count }) => sum + count, 0)).toBe(3);
});
