import { describe, expect, it } from 'vitest';
import * as stability from '../../layers/quality/metrics/stability/index.ts';
import { type Case, mismatch, readCases } from '../reference/cases.ts';
import { compareCounts, compareSamples } from './compare.ts';

const cases = readCases('drift');
const counted = cases.filter(({ id }) => /^(binned|deciles|counts|labels)\./.test(id));

describe('distances over counts agree with scipy and the formulas', () => {
  it.each(counted.map((each) => [each.id, each] as [string, Case]))('%s', (_, { inputs, expected, tolerance }) => {
    expect(
      compareCounts(
        inputs.counts_reference ?? expected.counts_reference,
        inputs.counts_current ?? expected.counts_current,
        expected,
        tolerance,
      ),
    ).toEqual([]);
  });
});

describe('distances of samples agree with scipy', () => {
  const numeric = cases.filter(({ id }) => id.startsWith('numeric.'));
  it.each(numeric.map((each) => [each.id, each] as [string, Case]))('%s', (_, { inputs, expected, tolerance }) => {
    expect(compareSamples(inputs.reference, inputs.current, expected, tolerance)).toEqual([]);
  });
});

describe('distances of Deequ', () => {
  const total = (counts: number[]): number => counts.reduce((sum, count) => sum + count, 0);
  // biome-ignore lint/suspicious/noExplicitAny: foreign JSON
  it.each((readCases('deequ') as any[]).map((each, i) => [`${i} ${each.method}`, each]))(
    '%s',
    (_, { method, baseline, current, expected, alpha }) => {
      const keys = [...new Set([...Object.keys(baseline), ...Object.keys(current)])];
      const [a, b] = [baseline, current].map((side) => keys.map((key) => (side[key] as number) ?? 0)) as [number[], number[]];
      const simple = stability.lInfinityDistance(a, b).value!;
      const got =
        method === 'psi'
          ? stability.populationStabilityIndex(a, b).value
          : method === 'simple'
            ? simple
            : stability.lInfinityRobust(simple, total(a), total(b), alpha);
      expect(mismatch(got, expected, { rel: 1e-9, abs: 1e-12 }, method)).toBeNull();
    },
  );
});

describe('Jensen–Shannon distance', () => {
  it('keeps its digits near 0', () => {
    const { value } = stability.jensenShannonDistance([1e9, 1e9], [1e9 + 1, 1e9 - 1]);
    expect(value! / Math.sqrt(1e-18 / (8 * Math.LN2))).toBeCloseTo(1, 6);
    expect(stability.jensenShannonDistance([3, 9, 6], [1, 3, 2]).value).toBe(0);
    expect(stability.jensenShannonDistance([3, 0], [0, 5]).value).toBe(1);
  });
  it('has no value without rows on a side, and says so', () => {
    expect(stability.jensenShannonDistance([0, 0], [1, 2])).toEqual({ value: null, reason: 'no rows in the baseline' });
    expect(stability.jensenShannonDistance([1, 2], [0, 0])).toEqual({ value: null, reason: 'no rows to compare' });
  });
});
