import { describe, expect, it } from 'vitest';
import { chiSquaredQuantile } from '../../layers/quality/math/chi-squared-quantile.ts';
import {
  betaExceedance,
  binomialCdf,
  chiSquaredSf,
  fSf,
  gammaP,
  gammaQ,
  holm,
  kolmogorovLimitSf,
  normalCdf,
  normalQuantile,
  normalSf,
  poissonCdf,
  poolCategories,
  studentTSf,
  wilsonInterval,
} from '../../layers/quality/math/index.ts';
import { mismatch, readCases } from '../reference/cases.ts';

const FUNCTIONS: Record<string, { compute: (...values: number[]) => number; rel: number }> = {
  normal_cdf: { compute: normalCdf, rel: 1e-13 },
  normal_sf: { compute: normalSf, rel: 1e-13 },
  normal_quantile: { compute: normalQuantile, rel: 1e-13 },
  gamma_p: { compute: gammaP, rel: 2e-12 },
  gamma_q: { compute: gammaQ, rel: 2e-12 },
  chi2_sf: { compute: chiSquaredSf, rel: 2e-12 },
  f_sf: { compute: fSf, rel: 1e-11 },
  student_t_sf: { compute: studentTSf, rel: 1e-11 },
  binomial_cdf: { compute: binomialCdf, rel: 1e-11 },
  poisson_cdf: { compute: poissonCdf, rel: 2e-12 },
  kolmogorov_limit_sf: { compute: kolmogorovLimitSf, rel: 1e-13 },
};

describe('special functions agree with mpmath, far into the tails', () => {
  for (const { id, expected } of readCases('special').filter(({ id }) => id in FUNCTIONS))
    it(id, () => {
      const { compute, rel } = FUNCTIONS[id]!;
      const wrong = (expected as (number | string)[][]).flatMap((point) => {
        const goal = point.at(-1)!;
        const got = compute(...point.slice(0, -1).map(Number));
        const found = mismatch(got, goal, { rel, abs: 1e-300 });
        return found === null ? [] : [`${point.slice(0, -1)} ${found}`];
      });
      expect(wrong).toEqual([]);
    });
});

describe('betaExceedance', () => {
  const logChoose = (n: number, k: number): number => {
    let sum = 0;
    for (let i = 0; i < k; i++) sum += Math.log((n - i) / (i + 1));
    return sum;
  };
  const fisher = (k: number, n: number, K: number, N: number): number => {
    let sum = 0;
    for (let x = k; x <= Math.min(n, k + K); x++) sum += Math.exp(logChoose(n, x) + logChoose(N, k + K - x) - logChoose(n + N, k + K));
    return sum;
  };
  it.each([
    [1, 5000, 0, 500_000],
    [30, 5000, 0, 500_000],
    [5, 10, 3, 40],
    [50, 100, 300, 1000],
    [9, 300, 200, 30_000],
    [60, 500, 800, 12_000],
    [100, 500, 900, 5_000],
    [300, 300, 900, 1000],
    [3, 3, 0, 3],
  ])("is Fisher's exact p for %i of %i against %i of %i", (k, n, K, N) => {
    expect(betaExceedance(k, n - k + 1, K + 1, N - K) / fisher(k, n, K, N)).toBeCloseTo(1, 7);
  });
});

describe('wilsonInterval', () => {
  it('gives exactly 0 and 1 at no hits and at all', () => {
    expect(wilsonInterval(0, 20)[0]).toBe(0);
    expect(wilsonInterval(20, 20)[1]).toBe(1);
    expect(wilsonInterval(0, 0)).toEqual([0, 1]);
  });
  it('is the textbook one', () => {
    const [low, high] = wilsonInterval(10, 50);
    expect(low).toBeCloseTo(0.112437, 5);
    expect(high).toBeCloseTo(0.330371, 5);
  });
});

describe('holm', () => {
  it('steps down, stays monotone, and skips what was not tested', () => {
    const adjusted = holm([0.01, null, 0.04, 0.03, 0.005]);
    [0.03, null, 0.06, 0.06, 0.02].forEach((p, i) => {
      if (p === null) expect(adjusted[i]).toBeNull();
      else expect(adjusted[i]).toBeCloseTo(p, 12);
    });
  });
});

describe('poolCategories', () => {
  it('leaves large ones alone, joins small ones, and loses none', () => {
    expect(poolCategories([1, 10, 2, 3, 0, 7, 1], 5)).toEqual([[1], [5], [3, 2, 0, 6]]);
    expect(poolCategories([10, 1], 5)).toEqual([[0, 1]]);
  });
});

/** By scipy.stats.chi2.ppf (SciPy 1.17). */
it.each([
  [0.3, 9, 6.393305964475309],
  [0.3, 19, 15.35166026260527],
  [0.3, 499, 481.96279828192604],
  [0.05, 1, 0.003932140000019522],
  [0.975, 4, 11.143286781877796],
])('the %f quantile of χ² with %i degrees of freedom', (probability, freedom, quantile) => {
  expect(chiSquaredQuantile(probability, freedom) / quantile).toBeCloseTo(1, 10);
});
