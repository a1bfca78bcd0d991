import { expect, it } from 'vitest';
import type { MetricRow } from '../../layers/quality/contract/report.ts';
import { lab, write } from '../outcomes/judge.ts';

const rows = (x: (i: number) => string | null) => Array.from({ length: 60 }, (_, i) => ({ x: x(i), y: String(i % 7) }));
const HUGE = (i: number) => (i % 2 === 0 ? '1.5e308' : '-1e308');

it('a column without values, or of values too large for their squares, has no metric that is no number', async () => {
  for (const [then, now] of [
    [(i: number) => 'abc'[i % 3]!, () => null],
    [(i: number) => String(i % 9), HUGE],
  ] as const) {
    const before = await lab.baseline(write(rows(then)), {});
    const { metrics } = await lab.check(before, write(rows(now)), {});
    expect(metrics.filter(({ value }) => typeof value === 'string')).toEqual([]);
    expect(metrics.filter(({ value, reason }) => value === null && !reason)).toEqual([]);
  }
});
it('says why', async () => {
  const before = await lab.baseline(write(rows((i) => 'abc'[i % 3]!)), {});
  const reasonOf = (of: { metrics: MetricRow[] }, name: string) =>
    of.metrics.find(({ metric, column }) => metric === name && column === 'x')!.reason;
  expect(reasonOf(await lab.check(before, write(rows(() => null)), {}), 'l_infinity_robust')).toBe('no values to compare');
  expect(reasonOf(await lab.check(null, write(rows(HUGE)), {}), 'standard_deviation')).toBe('the values are too large for it');
});
