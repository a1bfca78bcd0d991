import { describe, expect, it } from 'vitest';
import * as quality from '../../layers/quality/metrics/data_quality/index.ts';
import { type Case, mismatch, readCases } from '../reference/cases.ts';
import { compareColumn } from './compare-column.ts';

const columns = readCases('quality').filter(({ what }) => /^one (numeric|text) column$/.test(what));

describe('column statistics agree with exact sums, scipy and pandas', () => {
  it.each(columns.map((each) => [each.id, each] as [string, Case]))('%s', (_, { inputs, expected, tolerance }) => {
    expect(compareColumn(inputs.values, expected, tolerance)).toEqual([]);
  });
});

describe('binnedQuantile', () => {
  it('bounds its error', () => {
    const values = Float64Array.from({ length: 997 }, (_, i) => ((i * 7919) % 997) ** 2).sort();
    const edges = [100, 5_000, 100_000, 400_000];
    const counts = [...edges, Number.POSITIVE_INFINITY].map(
      (edge, i) => values.filter((v) => v < edge && v >= (edges[i - 1] ?? -1)).length,
    );
    for (let p = 0; p <= 1; p += 1 / 128) {
      const exact = quality.quantile(values, p).value!;
      const { value, error = 0 } = quality.binnedQuantile(edges, counts, values[0]!, values.at(-1)!, p);
      expect(Math.abs(value! - exact)).toBeLessThanOrEqual(error);
    }
  });
});

describe('without values', () => {
  it('has null and a reason', () => {
    expect(quality.completeness(0, 0)).toEqual({ value: null, reason: 'no rows' });
    expect(quality.skewness({ count: 4, mean: 7, m2: 0, m3: 0, m4: 0 })).toEqual({ value: null, reason: 'all values are equal' });
    expect(mismatch(quality.mean({ count: 0, mean: 0 }).value, 'NaN', { rel: 0, abs: 0 })).toBeNull();
  });
});
