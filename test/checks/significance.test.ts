import { describe, expect, it, vi } from 'vitest';
import { compareCounts, compareRate, holm } from '../../layers/quality/checks/significance.ts';
import { normalCdf } from '../../layers/quality/math/index.ts';
import { jensenShannonDistance } from '../../layers/quality/metrics/stability/index.ts';
import { draws, even, sumOf, zipf } from './draw.ts';

vi.setConfig({ testTimeout: 30_000 });

interface Setting {
  name: string;
  shares: number[];
  rows: number;
  chunkRows?: number;
  chunks?: number;
  runs: number;
  /** Shares of one unchanged window. */
  window?: (shares: number[], random: ReturnType<typeof draws>) => number[];
  /** The expected distance over the true one lies in 1 ± this. */
  slack?: number;
}

/** How often p < t for t = .01, .001, .0001 in `runs` unchanged windows, and the expected over the true mean square distance. */
function simulate({ shares, rows, chunkRows = rows, chunks = 100, runs, window = (same) => same }: Setting) {
  const random = draws(rows + shares.length);
  const found = [0, 0, 0];
  let expected = 0;
  let actual = 0;
  for (let run = 0; run < runs; run += 50) {
    const parts = Array.from({ length: chunks }, () => random.multinomial(chunkRows, window(shares, random)));
    const baseline = sumOf(parts);
    for (let i = 0; i < 50; i++) {
      const current = random.multinomial(rows, window(shares, random));
      const { pValue, expectedJensenShannon } = compareCounts(baseline, current, parts);
      expect(pValue).not.toBeNull();
      [0.01, 0.001, 0.0001].forEach((t, at) => {
        if ((pValue ?? 1) < t) found[at]!++;
      });
      expected += expectedJensenShannon! ** 2;
      actual += jensenShannonDistance(baseline, current).value! ** 2;
    }
  }
  return { found, ratio: Math.sqrt(expected / actual) };
}

/** The most hits of `runs` that chance of `p`, times 1.5 for an asymptotic law, explains (four deviations and one). */
const most = (runs: number, p: number): number => 1 + 1.5 * runs * p + 4 * Math.sqrt(1.5 * runs * p);

const direction = (shares: number[], z: number): number[] => shares.map((share, j) => share * (1 + z * (j - (shares.length - 1) / 2)));
const SETTINGS: Setting[] = [
  { name: '300 rows, 11 bins', shares: even(11), rows: 300, runs: 5000 },
  { name: '5,000 rows, 11 bins', shares: even(11), rows: 5000, runs: 5000 },
  { name: '20,000 rows, 11 bins', shares: even(11), rows: 20_000, runs: 5000 },
  { name: '300 rows, 400 categories', shares: zipf(400), rows: 300, runs: 2000 },
  { name: '5,000 rows, 400 categories', shares: zipf(400), rows: 5000, runs: 300 },
  { name: '40 rows, 3 % true', shares: [0.03, 0.97], rows: 40, runs: 5000, slack: 0.5 },
  { name: '80 rows, 3 % true, 3 chunks', shares: [0.03, 0.97], rows: 80, chunks: 3, runs: 5000, slack: 0.5 },
  { name: '300 rows, 2 % true', shares: [0.02, 0.98], rows: 300, runs: 5000, slack: 0.1 },
  { name: '300 rows, 2 % true, 3 chunks', shares: [0.02, 0.98], rows: 300, chunks: 3, runs: 5000, slack: 0.1 },
  { name: 'a window 16 times a chunk', shares: even(11), rows: 5000, chunkRows: 300, runs: 2000, slack: 0.3 },
  { name: 'a chunk 16 times a window', shares: even(11), rows: 300, chunkRows: 5000, chunks: 20, runs: 2000 },
  {
    name: 'Dirichlet windows, 30 categories',
    shares: zipf(30),
    rows: 5000,
    runs: 3000,
    window: (s, r) => r.dirichlet(s, 0.002),
    slack: 0.1,
  },
  {
    name: 'Dirichlet windows, 2 % true',
    shares: [0.02, 0.98],
    rows: 5000,
    runs: 5000,
    window: (s, r) => r.dirichlet(s, 0.002),
    slack: 0.1,
  },
  { name: 'shares that move together', shares: even(10), rows: 5000, runs: 3000, window: (s, r) => direction(s, 0.03 * r.normal()) },
];

describe('p-values of unchanged windows are honest into the tail, and the expected distance is the mean', () => {
  it.each(SETTINGS.map((setting) => [setting.name, setting] as [string, Setting]))('%s', (_, setting) => {
    const { found, ratio } = simulate(setting);
    [0.01, 0.001, 0.0001].forEach((t, at) => {
      expect(found[at]).toBeLessThanOrEqual(most(setting.runs, t));
    });
    expect(Math.abs(ratio - 1)).toBeLessThan(setting.slack ?? 0.05);
  });
});

/** A table whose category shares move with the hour of the day: 40 columns, 30 days of hourly chunks, judged by one more hour each. */
function cyclicFamily(random: ReturnType<typeof draws>, windows: number): number {
  const phases = Array.from({ length: 40 }, () => random.uniform() * 2 * Math.PI);
  const at = (hour: number, column: number): number[] => direction(even(11), 0.06 * Math.sin((hour / 24) * 2 * Math.PI + phases[column]!));
  const columns = phases.map((_, column) => {
    const chunks = Array.from({ length: 240 }, (_, i) => random.multinomial(300, at(i * 3 + (i % 3), column)));
    return { chunks, baseline: sumOf(chunks) };
  });
  let failed = 0;
  for (let hour = 0; hour < windows; hour++) {
    const pValues = columns.map(({ chunks, baseline }, i) => compareCounts(baseline, random.multinomial(300, at(hour, i)), chunks).pValue);
    if (holm(pValues).some((p) => p !== null && p < 0.01)) failed++;
  }
  return failed;
}

describe('a population with a daily cycle', () => {
  it('fails at most 5 of 200 unchanged hours over 40 columns', () => {
    expect(cyclicFamily(draws(7), 200)).toBeLessThanOrEqual(5);
  });
});

describe('changes are found', () => {
  const deciles = (shift: number): number[] => {
    const edges = [-1.2816, -0.8416, -0.5244, -0.2533, 0, 0.2533, 0.5244, 0.8416, 1.2816];
    const below = [0, ...edges.map((edge) => normalCdf(edge - shift)), 1];
    return below.slice(1).map((high, i) => high - below[i]!);
  };
  it.each([100, 12])('a shift of 0.3 deviations in 5,000 rows, against %i chunks', (chunks) => {
    const random = draws(11);
    const parts = Array.from({ length: chunks }, () => random.multinomial(5000, deciles(0)));
    for (let i = 0; i < 50; i++) {
      expect(compareCounts(sumOf(parts), random.multinomial(5000, deciles(0.3)), parts).pValue!).toBeLessThan(1e-8);
    }
  });
  it('5 % of missing values in 300 rows, where there were none', () => {
    const parts = Array.from({ length: 100 }, () => Float64Array.of(...new Array(10).fill(30), 0));
    const current = Float64Array.of(...new Array(10).fill(28.5), 15);
    expect(compareCounts(sumOf(parts), current, parts).pValue!).toBeLessThan(1e-6);
  });
  it('although one chunk of the baseline was broken', () => {
    const random = draws(13);
    const parts = Array.from({ length: 100 }, () => random.multinomial(5000, deciles(0)));
    parts[17] = Float64Array.of(5000, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    expect(compareCounts(sumOf(parts), random.multinomial(5000, deciles(0.3)), parts).pValue!).toBeLessThan(1e-6);
  });
});

describe('compareCounts without anything to compare', () => {
  it('has no p-value', () => {
    expect(compareCounts([0, 0], [1, 2], []).pValue).toBeNull();
    expect(compareCounts([5, 9], [0, 0], []).expectedJensenShannon).toBeNull();
    expect(compareCounts([500], [30], []).pValue).toBeNull();
  });
});

describe('compareRate', () => {
  const none = Array.from({ length: 100 }, () => ({ hits: 0, rows: 5000 }));
  it.each([
    [0, 1],
    [1, 100 / 10_100],
    [2, 9.8e-5],
  ])('of %i hits in 5,000 rows after none in 500,000', (hits, p) => {
    expect(compareRate({ hits, rows: 5000 }, none, 'above').pValue! / p).toBeCloseTo(1, 3);
  });
  it('finds 30 hits after none, and a complete column that is so no more', () => {
    expect(compareRate({ hits: 30, rows: 5000 }, none, 'above').pValue!).toBeLessThan(1e-50);
    expect(compareRate({ hits: 30, rows: 5000 }, none.slice(0, 12), 'above').pValue!).toBeLessThan(1e-20);
    const all = none.map(({ rows }) => ({ hits: rows, rows }));
    expect(compareRate({ hits: 4970, rows: 5000 }, all, 'below').pValue!).toBeLessThan(1e-50);
    expect(compareRate({ hits: 4970, rows: 5000 }, all, 'above').pValue).toBe(1);
  });
  it('has no p-value without rows', () => {
    expect(compareRate({ hits: 0, rows: 0 }, none, 'above').pValue).toBeNull();
    expect(compareRate({ hits: 1, rows: 5 }, [], 'above').pValue).toBeNull();
  });
  it.each([
    ['rare and plain', 0.0001, 0, 'above'],
    ['common and plain', 0.3, 0, 'below'],
    ['spread between windows', 0.01, 0.002, 'above'],
    ['spread between windows, below', 0.3, 0.002, 'below'],
  ] as const)('has honest p-values: %s', (_, share, rho, side) => {
    const random = draws(17);
    const rate = (): number => (rho === 0 ? share : random.dirichlet([share, 1 - share], rho)[0]!);
    const found = [0, 0, 0];
    const runs = 3000;
    for (let run = 0; run < runs; run += 50) {
      const chunks = Array.from({ length: 100 }, () => ({ hits: random.binomial(5000, rate()), rows: 5000 }));
      for (let i = 0; i < 50; i++) {
        const { pValue } = compareRate({ hits: random.binomial(5000, rate()), rows: 5000 }, chunks, side);
        [0.01, 0.001, 0.0001].forEach((t, at) => {
          if (pValue! < t) found[at]!++;
        });
      }
    }
    [0.01, 0.001, 0.0001].forEach((t, at) => {
      expect(found[at]).toBeLessThanOrEqual(most(runs, t));
    });
  });
});
