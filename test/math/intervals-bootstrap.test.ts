import { describe, expect, it } from 'vitest';
import { poissonCdf } from '../../layers/quality/math/index.ts';
import { countBootstrap, delong, poissonDraw, seededDraws } from '../../layers/quality/math/intervals/index.ts';

const share = ([hits, misses]: ArrayLike<number> & Iterable<number>): number => hits! / (hits! + misses!);

describe('seededDraws', () => {
  it('is the same for the same text, and another for another', () => {
    const first = (seed: string): number[] => Array.from({ length: 4 }, seededDraws(seed));
    expect(first('a1b2')).toEqual(first('a1b2'));
    expect(new Set(['a1b2', 'a1b3', '', 'b'].flatMap(first)).size).toBe(16);
  });
  it('is frozen: a report must not change with a release', () => {
    const uniform = seededDraws('assay');
    expect(Array.from({ length: 3 }, () => uniform() * 2 ** 32)).toMatchInlineSnapshot(`
      [
        774389987,
        3382009137,
        1103290284,
      ]
    `);
  });
  it('is uniform, also over seeds that differ little', () => {
    const bins = new Array(100).fill(0);
    for (let seed = 0; seed < 20_000; seed++) bins[Math.floor(seededDraws(`${seed}`)() * 100)]++;
    expect(bins.reduce((sum, count) => sum + (count - 200) ** 2 / 200, 0)).toBeLessThan(149); // chi-squared, 99 degrees: p 0.001
  });
});

describe('poissonDraw', () => {
  it.each([0.01, 0.5, 3, 9.99, 10, 12.5, 100, 5000])('has the law of mean %d', (mean) => {
    const draw = poissonDraw(mean, seededDraws(`poisson ${mean}`));
    const size = 40_000;
    const values = Float64Array.from({ length: size }, draw).sort();
    let most = 0;
    for (let i = 0; i < size; i++)
      if (values[i] !== values[i + 1]) most = Math.max(most, Math.abs((i + 1) / size - poissonCdf(values[i]!, mean)));
    expect(most).toBeLessThan(1.95 / Math.sqrt(size)); // Kolmogorov's 0.001 for a continuous law; smaller for a discrete one
  });
  it('is 0 of nothing', () => {
    expect(poissonDraw(0, () => 0.999)()).toBe(0);
  });
});

describe('countBootstrap', () => {
  const counts = [120, 380];
  it('is the same for the same seed, and another for another', () => {
    const of = (seed: string) => countBootstrap(counts, share, { seed });
    expect(of('x')).toEqual(of('x'));
    expect(of('x').interval).not.toEqual(of('y').interval);
  });
  it('has the deviation of the formula, for a share', () => {
    const { interval, standardError, undefined: missing } = countBootstrap(counts, share, { seed: 's', rounds: 20_000 });
    const formula = Math.sqrt((0.24 * 0.76) / 500);
    expect(standardError! / formula).toBeCloseTo(1, 1);
    expect((interval![1] - interval![0]) / (2 * 1.96 * formula)).toBeCloseTo(1, 1);
    expect(missing).toBe(0);
  });
  it("has DeLong's deviation, for ROC AUC from bins", () => {
    const positives = [3, 9, 20, 44, 90, 130];
    const negatives = [160, 120, 70, 50, 22, 8];
    const auc = (drawn: Float64Array) => delong({ positives: drawn.subarray(0, 6), negatives: drawn.subarray(6) }).value;
    const { standardError } = countBootstrap([...positives, ...negatives], auc, { seed: 'auc', rounds: 4000 });
    expect(standardError! / Math.sqrt(delong({ positives, negatives }).variance!)).toBeCloseTo(1, 1);
  });
  it('says why there is none', () => {
    expect(countBootstrap([0, 0], share, { seed: 's' })).toMatchObject({ interval: null, standardError: null, reason: 'no rows' });
    const { interval, reason } = countBootstrap([1, 1], share, { seed: 's', rounds: 1000 });
    expect([interval, reason]).toEqual([null, expect.stringMatching(/^no value in 1\d\d of 1000 draws$/)]);
    expect(countBootstrap([5, 5], () => null, { seed: 's' }).interval).toBeNull();
  });
});
