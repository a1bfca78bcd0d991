import { afterAll, describe, expect, it } from 'vitest';
import { normalCdf, normalQuantile, wilsonInterval } from '../../layers/quality/math/index.ts';
import { clopperPearson, countBootstrap, delong, katzRatio, newcombeDifference } from '../../layers/quality/math/intervals/index.ts';
import { draws } from '../checks/draw.ts';

/** ASSAY_COVERAGE=full: all sizes and rates, more tables of each, also where an interval is known to fail, and all printed. */
const FULL = process.env.ASSAY_COVERAGE === 'full';
const TABLES = FULL ? 10_000 : 2000;
const SLOW = FULL ? 2000 : 300;

type Ends = readonly [number, number] | null | undefined;
const lines: string[] = [];
afterAll(() => {
  if (FULL) console.log(['interval\ttables\tcoverage, % (tables without an interval)', ...lines].join('\n'));
});

/** In how many of the simulated tables with an interval it holds the truth. */
function coverage(name: string, tables: number, truth: number, interval: (table: number) => Ends): number {
  let [held, given] = [0, 0];
  for (let table = 0; table < tables; table++) {
    const ends = interval(table);
    if (ends === null || ends === undefined) continue;
    given++;
    if (ends[0] <= truth && truth <= ends[1]) held++;
  }
  lines.push(`${name}\t${tables}\t${((100 * held) / given).toFixed(1)} (${tables - given})`);
  return held / given;
}

function nominal(share: number): void {
  expect(share).toBeGreaterThanOrEqual(0.93);
  expect(share).toBeLessThanOrEqual(0.97);
}

const SIZES = FULL ? [100, 200, 500, 1000, 5000] : [200, 1000];
const RATES = FULL ? [0.02, 0.05, 0.1, 0.3, 0.5, 0.8, 0.95] : [0.15, 0.5, 0.8];
/** With fewer expected hits or misses than this a score interval of counts jumps by more than 2 % from one count to the next. */
const ENOUGH = 20;

describe('rates: 93 to 97 % at a nominal 95 %', () => {
  const cells = SIZES.flatMap((n) => RATES.map((p) => [n, p] as const));
  it.each(cells)('Wilson, Newcombe and Katz: %d rows a side, rate %d against a third less', (n, p) => {
    const { binomial } = draws(n * 1000 + p * 100);
    const q = (2 * p) / 3;
    const tables = Array.from({ length: TABLES }, () => [binomial(n, p), n, binomial(n, q), n] as const);
    const at = `n=${n} p=${p}`;
    const wilson = coverage(`Wilson ${at}`, TABLES, p, (i) => wilsonInterval(tables[i]![0], n));
    const newcombe = coverage(`Newcombe ${at}`, TABLES, p - q, (i) => newcombeDifference(...tables[i]!).interval);
    const katz = coverage(`Katz ${at}`, TABLES, p / q, (i) => katzRatio(...tables[i]!).interval);
    if (n * Math.min(p, 1 - p) >= ENOUGH) nominal(wilson);
    if (n * Math.min(q, 1 - p) >= ENOUGH) [newcombe, katz].forEach(nominal);
    if (n <= 1000) expect(coverage(`Clopper–Pearson ${at}`, SLOW, p, (i) => clopperPearson(tables[i]![0], n))).toBeGreaterThan(0.93);
  });
});

/** Expected shares of 20 bins of the positives, then of the negatives. */
function binned(auc: number, share: number): Float64Array {
  const shift = Math.SQRT2 * normalQuantile(auc);
  const cuts = Array.from({ length: 19 }, (_, i) => normalQuantile((i + 1) / 20) * 1.4 + shift / 2);
  const masses = (mean: number) => [...cuts.map((cut) => normalCdf(cut - mean)), 1].map((each, i, cdf) => each - (cdf[i - 1] ?? 0));
  return Float64Array.from([...masses(shift).map((mass) => mass * share), ...masses(0).map((mass) => mass * (1 - share))]);
}
const auc = (cells: Float64Array): number | null => delong({ positives: cells.subarray(0, 20), negatives: cells.subarray(20) }).value;
function f1(cells: Float64Array): number | null {
  const sum = (from: number, to: number): number => cells.subarray(from, to).reduce((a, b) => a + b, 0);
  const [tp, fn, fp] = [sum(10, 20), sum(0, 10), sum(30, 40)];
  return tp + fp + fn > 0 ? tp / (tp + (fp + fn) / 2) : null;
}

describe('bootstrap of counts: 93 to 97 % at a nominal 95 %', () => {
  const all = [200, 500, 1000].flatMap((n) => [0.6, 0.8, 0.9].flatMap((a) => [0.5, 0.1].map((p) => [n, a, p] as const)));
  it.each(FULL ? all : ([[500, 0.8, 0.5]] as const))(
    'F1 and ROC AUC from 40 cells: %d rows, AUC %d, share of positives %d',
    (n, a, share) => {
      const random = draws(n * 100 + a * 1000 + share * 10 + 1);
      const shares = binned(a, share);
      const tables = Array.from({ length: SLOW }, () => random.multinomial(n, [...shares]));
      for (const [name, statistic] of Object.entries({ f1, auc })) {
        const bootstrap = (i: number): Ends =>
          countBootstrap(tables[i]!, statistic, { seed: `${name} ${i}`, rounds: FULL ? 1000 : 300 }).interval;
        const covered = coverage(`bootstrap ${name} n=${n} AUC=${a} positives=${share}`, SLOW, statistic(shares)!, bootstrap);
        if (n * share >= 100) nominal(covered);
      }
    },
  );
});
