import * as stability from '../../layers/quality/metrics/stability/index.ts';
import { mismatch, type Tolerance } from '../reference/cases.ts';

type Expected = Record<string, number | string>;
type OverCounts = (a: ArrayLike<number>, b: ArrayLike<number>) => { value: number | null };

const COUNTED: Record<string, OverCounts> = {
  psi_floor_1e_4: stability.populationStabilityIndex,
  kl_reference_current: stability.kullbackLeiblerDivergence,
  js_distance_bits: stability.jensenShannonDistance,
  hellinger: stability.hellingerDistance,
  total_variation: stability.totalVariationDistance,
  l_infinity: stability.lInfinityDistance,
  chi2: stability.chiSquareStatistic,
};

/** What our distances over counts get wrong. */
export const compareCounts = (a: number[], b: number[], expected: Expected, tolerance: Tolerance): string[] =>
  Object.entries(COUNTED).flatMap(([name, compute]) => {
    const key = name === 'psi_floor_1e_4' ? 'psi_floor_1e-4' : name;
    return key in expected ? (mismatch(compute(a, b).value, expected[key]!, tolerance, key) ?? []) : [];
  });

const finite = (values: (number | string | null)[]): Float64Array =>
  Float64Array.from(values.filter((value): value is number => typeof value === 'number' && !Number.isNaN(value))).sort();

/** What our distances of samples get wrong, exact ones and those from bins, whose error must hold. */
export function compareSamples(
  reference: (number | string | null)[],
  current: (number | string | null)[],
  expected: Expected,
  tolerance: Tolerance,
): string[] {
  const a = finite(reference);
  const b = finite(current);
  const ks = stability.sampleKolmogorovSmirnov(a, b).value;
  const w1 = stability.sampleWasserstein(a, b).value;
  return [
    mismatch(ks, expected.ks_statistic!, tolerance, 'ks_statistic'),
    mismatch(w1, expected.wasserstein_1!, tolerance, 'wasserstein_1'),
    ...[1, 3, 10, 1000].map((parts) => boundsHold(a, b, edgesOf(a, parts), ks!, w1!)),
  ].filter((wrong) => wrong !== null);
}

export function edgesOf(sorted: Float64Array, parts: number): number[] {
  const edges = Array.from({ length: parts - 1 }, (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / parts)]!);
  return [...new Set(edges)].sort((x, y) => x - y);
}

/** Counts, sums and ends of sorted values in the bins between edges, closed on the left. */
export function binned(sorted: Float64Array, edges: number[]): stability.BinnedValues {
  const counts = new Float64Array(edges.length + 1);
  const sums = new Float64Array(edges.length + 1);
  let bin = 0;
  for (const value of sorted) {
    while (bin < edges.length && value >= edges[bin]!) bin++;
    counts[bin]!++;
    sums[bin]! += value;
  }
  return { counts, sums, minimum: sorted[0]!, maximum: sorted.at(-1)! };
}

function boundsHold(a: Float64Array, b: Float64Array, edges: number[], ks: number, w1: number): string | null {
  const [p, q] = [binned(a, edges), binned(b, edges)];
  const w = stability.wassersteinDistance(edges, p, q);
  const k = stability.kolmogorovSmirnovStatistic(p.counts, q.counts);
  const slack = 1e-9 * (w1 + Math.abs(p.maximum) + Math.abs(p.minimum) + Math.abs(q.maximum) + Math.abs(q.minimum));
  if (w.value! > w1 + slack || w.value! + w.error! < w1 - slack)
    return `wasserstein ${w1} not in [${w.value}, + ${w.error}], ${edges.length} edges`;
  if (k.value! > ks + 1e-12 || k.value! + k.error! < ks - 1e-12) return `ks ${ks} not in [${k.value}, + ${k.error}], ${edges.length} edges`;
  return null;
}
