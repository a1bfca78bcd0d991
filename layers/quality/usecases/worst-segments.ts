import type { PerformanceSection } from '../contract/outcome-report.ts';
import { holm } from '../math/holm.ts';
import { normalSf } from '../math/normal.ts';
import { proportionBelow } from '../math/two-proportions.ts';
import { type PerformanceMetric, performanceMetrics, type Slice } from '../metrics/performance/index.ts';
import { type Sided, segmentsOf } from './measure-performance.ts';

const LOOKED_AT = ['accuracy', 'recall', 'precision', 'mean_absolute_error'];
const SURE = 0.01;
const MOST = 5;

/** A segment against all other rows. */
interface Compared {
  value: number;
  overall: number;
  rows: number;
  restRows: number;
  pValue: number;
}

/** Segments that do worse than all other rows, more surely than chance over all of them would have it; the farthest first. */
export function worstSegments({ now, options }: Pick<Sided, 'now' | 'options'>): PerformanceSection['worst'] {
  const metrics = performanceMetrics(now.plan).filter(({ id, parameters }) => !parameters && LOOKED_AT.includes(id));
  const found = segmentsOf(now).flatMap(({ name, slice }) =>
    metrics.flatMap((metric) => {
      const compared = metric.fraction ? ofShare(metric, slice, now.whole) : ofMean(metric, slice, now.whole);
      if (compared === null || Math.min(compared.rows, compared.restRows) < options.minimumRows) return [];
      const { restRows: _, ...row } = compared;
      return [{ segment: name, metric: metric.id, ...row, rows: Math.round(row.rows) }];
    }),
  );
  const adjusted = holm(found.map(({ pValue }) => pValue));
  return found
    .map(({ pValue: _, ...row }, i) => ({ ...row, adjustedPValue: adjusted[i]! }))
    .filter(({ adjustedPValue }) => adjustedPValue < SURE)
    .sort((a, b) => Math.abs(b.overall - b.value) - Math.abs(a.overall - a.value))
    .slice(0, MOST);
}

/** Two proportions; weights as rows of equal weight, on the scale of each side. */
function ofShare({ fraction }: PerformanceMetric, slice: Slice, whole: Slice): Compared | null {
  const [hits, rows] = fraction!(slice);
  const [allHits, allRows] = fraction!(whole);
  const rest = (all: number, part: number): number => all - (part / slice.scale) * whole.scale;
  const others = { hits: Math.max(0, rest(allHits, hits)), rows: rest(allRows, rows) };
  if (!(rows > 0 && others.rows > 0)) return null;
  return { value: hits / rows, overall: allHits / allRows, rows, restRows: others.rows, pValue: proportionBelow({ hits, rows }, others) };
}

/** Means of errors, each with its sampling variance: normal. */
function ofMean({ spread }: PerformanceMetric, slice: Slice, whole: Slice): Compared | null {
  const [sums, all] = [slice.sums, whole.sums];
  if (sums === null || all === null) return null;
  const others = {
    ...{ ...all, weight: all.weight - sums.weight },
    ...{ absoluteError: all.absoluteError - sums.absoluteError, squaredError: all.squaredError - sums.squaredError },
  };
  const [here, rest, both] = [slice, { ...whole, sums: others }, whole].map((of) => spread!(of));
  if (!here || !rest || !both || !(here.variance + rest.variance > 0)) return null;
  const pValue = normalSf((here.value - rest.value) / Math.sqrt(here.variance + rest.variance));
  return { value: here.value, overall: both.value, rows: here.freedom + 1, restRows: rest.freedom + 1, pValue };
}
