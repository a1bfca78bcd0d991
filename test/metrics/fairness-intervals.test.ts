import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fairnessInterval } from '../../layers/quality/metrics/fairness/fairness-intervals.ts';
import {
  CLARIFY_METRICS,
  countRow,
  emptyCounts,
  fromConfusion,
  type Split,
  timesCounts,
  weightOf,
} from '../../layers/quality/metrics/fairness/index.ts';
import { around, within } from '../math/interval-properties.ts';

const rows = fc.integer({ min: 0, max: 20 });
const group = fc.tuple(rows, rows, rows, rows).map((cells) => fromConfusion(...cells));
const split = fc.record({ facet: group, rest: group });
const printed = CLARIFY_METRICS.filter(({ compute, code }) => compute !== null && !code.startsWith('CD'));
const DIFFERENCES = ['DPL', 'DPPL', 'AD', 'RD', 'SD', 'DAR', 'DRR'];

describe('the intervals of groups', () => {
  it.each(printed.map((metric) => [metric.code, metric] as const))('%s is held by its own', (code, { compute }) => {
    fc.assert(
      fc.property(split, (sides: Split) => {
        const { value } = compute!(sides);
        const interval = fairnessInterval(code, sides, compute!, 'seed');
        if (value === null) expect(interval).toBeNull();
        else if (interval !== null) {
          expect(around(interval, value)).toBe(true);
          if (DIFFERENCES.includes(code)) expect(within(interval, [-1, 1])).toBe(true);
        }
      }),
      { numRuns: 25 },
    );
  });
  it('hold what adds up the weights of both sides, where one side has weights that differ more', () => {
    const counts = (weights: number[], seed: number) => {
      const all = emptyCounts();
      weights.forEach((weight, i) => {
        countRow(all, (i * seed) % 3 > 0, (i * seed) % 5 > 1, weight);
      });
      return all;
    };
    // As much weight on either side, of 500 rows and of 500 that tell as much as 21.
    const facet = counts(Array<number>(500).fill(1), 7);
    const rest = counts(
      Array.from({ length: 500 }, (_, i) => (i % 25 === 0 ? 24 : 1 / 24)),
      11,
    );
    const sides: Split = { facet, rest: timesCounts(rest, weightOf(facet) / weightOf(rest)) };
    for (const { code, compute } of printed) {
      const [low, high] = fairnessInterval(code, sides, compute!, 'seed')!;
      const value = compute!(sides).value!;
      expect.soft([code, low < value && value < high], `${value} of ${low} to ${high}`).toEqual([code, true]);
      if (code === 'CI') expect((low + high) / 2).toBeCloseTo(value, 1);
    }
  });
  it('are the same with a group variable, but for what is conditioned on it', () => {
    const sides = { facet: fromConfusion(3, 2, 1, 21), rest: fromConfusion(10, 4, 5, 61) };
    const strata = [sides];
    for (const { code, compute } of printed)
      expect(fairnessInterval(code, { ...sides, strata }, compute!, 's')).toEqual(fairnessInterval(code, sides, compute!, 's'));
    for (const { code, compute } of CLARIFY_METRICS.filter((metric) => metric.code.startsWith('CD')))
      expect(fairnessInterval(code, { ...sides, strata }, compute!, 's')).toBeNull();
  });
  it('are there where groups have no row of a kind', () => {
    const sides = { facet: fromConfusion(3, 0, 1, 21), rest: fromConfusion(10, 4, 0, 61) };
    for (const { code, compute } of printed) {
      if (compute!(sides).value === null || code === 'TE') continue;
      const [low, high] = fairnessInterval(code, sides, compute!, 'seed')!;
      expect.soft(high - low, code).toBeGreaterThan(0);
    }
  });
});
