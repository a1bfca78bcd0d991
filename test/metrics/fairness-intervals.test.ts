import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fairnessInterval } from '../../layers/quality/metrics/fairness/fairness-intervals.ts';
import { CLARIFY_METRICS, fromConfusion, type Split } from '../../layers/quality/metrics/fairness/index.ts';
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
  it('are there where groups have no row of a kind', () => {
    const sides = { facet: fromConfusion(3, 0, 1, 21), rest: fromConfusion(10, 4, 0, 61) };
    for (const { code, compute } of printed) {
      if (compute!(sides).value === null || code === 'TE') continue;
      const [low, high] = fairnessInterval(code, sides, compute!, 'seed')!;
      expect.soft(high - low, code).toBeGreaterThan(0);
    }
  });
});
