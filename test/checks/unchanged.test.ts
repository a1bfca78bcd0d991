import { describe, expect, it } from 'vitest';
import { constant } from '../../layers/quality/checks/constant.ts';
import { categories } from '../../layers/quality/checks/rates.ts';
import { compareCounts } from '../../layers/quality/checks/significance.ts';
import type { Column } from '../../layers/quality/contract/columns.ts';
import type { ColumnCounts } from '../../layers/quality/profile/column-counts.ts';
import { draws, even, sumOf } from './draw.ts';

const COLUMN: Column = { name: 'c', role: 'feature', type: 'category', inferred: false };
const OPTIONS = { settings: {}, minimumRows: 30 };
/** Known bins, then unseen, infinite, misfit and missing. */
const countsOf = (known: readonly number[], unseen = 0): ColumnCounts => ({
  ...{ rows: known.reduce((sum, count) => sum + count, unseen), missing: 0, misfit: 0, fractional: 0, blank: 0, infinite: 0, unseen },
  distribution: [...known, unseen, 0, 0, 0],
});

describe('what held still', () => {
  const days = Array.from({ length: 336 }, (_, hour) => countsOf(even(7).map((_, day) => (Math.floor(hour / 24) % 7 === day ? 50 : 0))));
  const flat = Array.from({ length: 336 }, () => countsOf([30, 20]));
  const sides = (chunks: ColumnCounts[], now: ColumnCounts) => {
    const before = countsOf([...sumOf(chunks.map(({ distribution }) => distribution.slice(0, -4)))]);
    const most = Math.max(...before.distribution);
    return {
      now: { distinct: 1, present: now.rows, counts: now },
      before: { distinct: 2, topShare: most / before.rows, counts: before },
      chunks,
    };
  };
  it('as it does in the hours of the baseline is no fault', () => {
    const { pValue } = constant(COLUMN, sides(days, countsOf([0, 0, 100, 0, 0, 0, 0])), OPTIONS)!.measurement!;
    expect(pValue).toBeGreaterThan(0.05);
  });
  it('and never did is one', () => {
    const { pValue } = constant(COLUMN, sides(flat, countsOf([100, 0])), OPTIONS)!.measurement!;
    expect(pValue).toBeLessThan(1e-10);
  });
});

it.each([
  [150, 1000, 500],
  [80, 500, 1000],
  [800, 5000, 200],
])('of %i values in %i rows those that came five times by chance are not missed in %i others', (values, rows, now) => {
  const random = draws(values);
  let alarms = 0;
  for (let run = 0; run < 200; run++) {
    const baseline = random.multinomial(rows, even(values));
    const current = random.multinomial(now, even(values));
    const known = [...baseline.keys()].filter((i) => baseline[i]! >= 5);
    const side = (of: ArrayLike<number>): ColumnCounts =>
      countsOf(
        known.map((i) => of[i]!),
        Array.from(of).reduce((sum, count) => sum + count, 0) - known.reduce((sum, i) => sum + of[i]!, 0),
      );
    const evidence = { column: COLUMN, current: side(current), baseline: side(baseline), chunks: [side(baseline)], outside: null };
    if (categories.measure(evidence)!.pValue! < 0.01) alarms++;
  }
  expect(alarms).toBeLessThanOrEqual(8);
});

describe('p-values below .01 of what did not change', () => {
  const share = (runs: number, once: (random: ReturnType<typeof draws>) => number): number => {
    const random = draws(runs);
    let found = 0;
    for (let run = 0; run < runs; run++) if (once(random) < 0.01) found++;
    return found / runs;
  };
  it.each([30, 40, 50])('are one in a hundred of %i rows in bins that all are alike in the baseline', (rows) => {
    const deciles = Array.from({ length: 10 }, () => 1000);
    expect(share(2000, (random) => compareCounts(deciles, random.multinomial(rows, even(10)), []).pValue!)).toBeLessThan(0.017);
  });
  it.each([
    [800, 50_000, 200],
    [300, 50_000, 500],
  ])('are one in a hundred of %i categories that are listed as frequent as they are', (values, before, rows) => {
    const found = share(300, (random) => {
      const [baseline, current] = [random.multinomial(before, even(values)), random.multinomial(rows, even(values))];
      const order = [...baseline.keys()].sort((a, b) => baseline[b]! - baseline[a]!);
      return compareCounts(
        order.map((i) => baseline[i]!),
        order.map((i) => current[i]!),
        [],
      ).pValue!;
    });
    expect(found).toBeLessThan(0.03);
  });
});
