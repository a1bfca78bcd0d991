import { describe, expect, it } from 'vitest';
import { regressionSums } from '../../layers/quality/metrics/accuracy/index.ts';
import { REGRESSION_METRICS } from '../../layers/quality/metrics/performance/regression-metrics.ts';
import type { Slice } from '../../layers/quality/metrics/performance/slice.ts';
import { draws } from '../checks/draw.ts';

const TABLES = Number(process.env.ASSAY_TABLES ?? 300);

interface Law {
  name: string;
  error: (normal: () => number, uniform: () => number) => number;
}
const LAWS: Law[] = [
  { name: 'normal errors', error: (normal) => 0.3 + normal() },
  { name: 'errors of long tails', error: (normal, uniform) => (uniform() < 0.1 ? 3 : 1) * normal() },
];

function tableOf(rows: number, { error }: Law, seed: number): Slice {
  const { normal, uniform } = draws(seed);
  const labels = Float64Array.from({ length: rows }, () => 10 + 2 * normal());
  const predictions = labels.map((label) => label + error(normal, uniform));
  return { sums: regressionSums(labels, predictions), errorRows: { labels, predictions }, rows, scale: 1 } as unknown as Slice;
}

/** What always giving one value would reach has no interval. */
const METRICS = REGRESSION_METRICS.filter(({ parameters }) => parameters === undefined);

describe.each(LAWS)('95 %% intervals of a regression, $name', (law) => {
  const large = tableOf(300_000, law, 1);
  const truth = new Map(METRICS.map((metric) => [metric.id, metric.compute(large).value!]));
  it.each([100, 1000])('hold the truth in 93 to 97 of 100 tables of %i rows', (rows) => {
    const held: Record<string, number> = {};
    for (let i = 0; i < TABLES; i++) {
      const slice = tableOf(rows, law, 100 + i);
      for (const metric of METRICS) {
        const interval = metric.interval(slice, 'seed');
        const [value, wanted] = [metric.compute(slice).value!, truth.get(metric.id)!];
        expect([metric.id, interval !== null && interval[0] <= value && value <= interval[1]]).toEqual([metric.id, true]);
        held[metric.id] = (held[metric.id] ?? 0) + (interval![0] <= wanted && wanted <= interval![1] ? 1 : 0);
      }
    }
    const shares = Object.fromEntries(Object.entries(held).map(([id, count]) => [id, count / TABLES]));
    if (process.env.ASSAY_COVERAGE === 'full') console.log(law.name, rows, shares);
    // Three standard errors of a share of so many tables lie between.
    const slack = 3 * Math.sqrt((0.95 * 0.05) / TABLES);
    for (const [id, share] of Object.entries(shares)) expect([id, share > 0.93 - slack && share < 0.97 + slack]).toEqual([id, true]);
  });
});
