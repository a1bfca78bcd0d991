import * as quality from '../../layers/quality/metrics/data_quality/index.ts';
import { mismatch, type Tolerance } from '../reference/cases.ts';

type Value = number | string | bigint | boolean | null;
// biome-ignore lint/suspicious/noExplicitAny: foreign JSON
type Expected = Record<string, any>;

/** What our statistics of a column get wrong; `expected` as in quality.json, counts and numbers flat or apart. */
export function compareColumn(values: Value[], expected: Expected, tolerance: Tolerance): string[] {
  const counts = expected.counts ?? expected;
  const numeric = expected.numeric ?? (expected.mean === undefined ? undefined : expected);
  return [...compareCountsOf(values, counts, tolerance), ...(numeric === undefined ? [] : compareNumbers(values, numeric, tolerance))];
}

function compareCountsOf(values: Value[], expected: Expected, tolerance: Tolerance): string[] {
  const present = values.filter((value) => value !== null && !Number.isNaN(value) && value !== 'NaN');
  const seen = new Map<Value, number>();
  for (const value of present) seen.set(value, (seen.get(value) ?? 0) + 1);
  const once = [...seen.values()].filter((count) => count === 1).length;
  const missing = values.length - present.length;
  return check(expected, tolerance, {
    completeness: quality.completeness(missing, values.length).value,
    distinctness: quality.distinctness(seen.size, present.length).value,
    uniqueness: quality.uniqueness(once, present.length).value,
    unique_value_ratio: quality.uniqueValueRatio(once, seen.size).value,
    entropy_nats: quality.entropy([...seen.values()]).value,
    values_seen_once: once,
    distinct: seen.size,
  });
}

/** Central moments by deviations from the first value, then from their own mean: offsets of 1e15 do no harm. */
function momentsOf(values: Float64Array): quality.CentralMoments {
  const shift = values[0] ?? 0;
  const offset = values.reduce((sum, value) => sum + (value - shift), 0) / values.length;
  const power = (k: number): number => values.reduce((sum, value) => sum + (value - shift - offset) ** k, 0);
  return { count: values.length, mean: shift + offset, m2: power(2), m3: power(3), m4: power(4) };
}

function compareNumbers(values: Value[], expected: Expected, tolerance: Tolerance): string[] {
  const sorted = Float64Array.from(values.filter((value) => value !== null && value !== 'NaN').map(Number)).sort();
  const moments = momentsOf(sorted);
  const varies = sorted.length > 0 && sorted[0] !== sorted.at(-1);
  const representable = Math.abs(moments.m4) > 1e-290 && Number.isFinite(moments.m4);
  const shape = {
    std_population: quality.standardDeviation(moments).value,
    skewness_population_g1: quality.skewness(moments).value,
    kurtosis_excess_population_g2: quality.kurtosis(moments).value,
  };
  const quantiles = Object.entries(expected.quantiles_type_7 ?? {}) as [string, number][];
  return [
    ...check(expected, tolerance, {
      mean: quality.mean(moments).value,
      sum: quality.sum(moments).value,
      ...(representable || !varies ? shape : {}),
    }),
    ...quantiles.flatMap(([p, goal]) => mismatch(quality.quantile(sorted, Number(p)).value, goal, tolerance, `quantile ${p}`) ?? []),
  ];
}

const check = (expected: Expected, tolerance: Tolerance, got: Record<string, number | null>): string[] =>
  Object.entries(got).flatMap(([key, value]) => (key in expected ? (mismatch(value, expected[key], tolerance, key) ?? []) : []));
