import type { PerformanceMetric } from '../metrics/performance/performance-metric.ts';
import type { Slice } from '../metrics/performance/slice.ts';
import type { Measurement } from './check.ts';
import { compareMeans, type Sampled } from './compare-means.ts';
import { intervalSpread, labelledRows } from './interval-spread.ts';
import type { MeasureOptions } from './measure-columns.ts';
import { compareRate } from './significance.ts';
import { sizeSlope } from './size-slope.ts';

export interface PerformanceEvidence {
  now: Slice;
  before: Slice;
  /** The baseline's chunks, of about the length that is judged. */
  chunks: Slice[];
  /** Of a segment, the same of all rows: where its own do not tell how a metric spreads between windows, theirs do. */
  all?: Slice[];
  /** Name of the segment; null for all rows. */
  segment: string | null;
  /** Names of the classes, of several. */
  classes: readonly string[];
  /** Where labels came for some predictions more often than for others, unlike in the baseline: the same with those of each standing for all of it; `null` where one has none. */
  standing?: PerformanceEvidence | null;
}

type Timeless = Pick<MeasureOptions, 'timeless'>;

/** A metric now against the baseline's, by what tells how sure it is: a share's rows, a variance, or its interval; null where there is none of them. */
export function measureLoss(metric: PerformanceMetric, evidence: PerformanceEvidence, { timeless }: Timeless = {}): Measurement | null {
  if (metric.fraction) return ofRate(metric, evidence, timeless);
  return metric.spread ? ofMean(metric, evidence, timeless) : byInterval(metric, evidence, timeless);
}

/** Rows that tell how sure it is. */
export function rowsBehind(metric: PerformanceMetric, now: Slice): number {
  if (metric.fraction) return metric.fraction(now)[1];
  return metric.spread ? (metric.spread(now)?.freedom ?? -1) + 1 : labelledRows(now);
}

function byInterval(metric: PerformanceMetric, evidence: PerformanceEvidence, timeless?: boolean): Measurement | null {
  const spreads = intervalSpread(metric, evidence);
  if (spreads === null) return null;
  const { current, baseline, parts } = spreads;
  const ofRows = metric.drawn?.(evidence.before, labelledRows(evidence.now), metric.id) ?? null;
  const now = ofRows === null ? current : { ...current, variance: ofRows.variance };
  const then = ofRows === null ? baseline : { ...baseline, value: ofRows.value };
  const { pValue } = compareMeans(now, then, parts, metric.better === 'low' ? 'above' : 'below', timeless);
  const rise = now.value - then.value;
  return {
    ...{ value: now.value, expected: baseline.value, effect: metric.better === 'low' ? rise : -rise, pValue },
    ...(ofRows !== null && { ofRows: ofRows.value }),
  };
}

function ofRate(
  { fraction, better }: PerformanceMetric,
  { now, before, chunks, all = [] }: PerformanceEvidence,
  timeless?: boolean,
): Measurement | null {
  const hits = (slice: Slice): { hits: number; rows: number } => {
    const [part, whole] = fraction!(slice);
    return { hits: part, rows: whole };
  };
  const [current, baseline] = [hits(now), hits(before)];
  if (!(current.rows > 0 && baseline.rows > 0)) return null;
  const [value, expected] = [current.hits / current.rows, baseline.hits / baseline.rows];
  const direction = better === 'low' ? 'above' : 'below';
  const known = chunks.length === 0 ? [baseline] : chunks.map(hits);
  const { pValue } = compareRate(current, known, direction, {
    like: chunks.length === 0 ? all.map(hits) : known,
    ...(timeless && { timeless }),
  });
  return { value, expected, effect: better === 'low' ? value - expected : expected - value, pValue };
}

function ofMean(metric: PerformanceMetric, { now, before, chunks, all = [] }: PerformanceEvidence, timeless?: boolean): Measurement | null {
  const { spread, sized, better } = metric;
  const plain = (slice: Slice): Sampled | null => spread?.(slice) ?? null;
  const [current, baseline] = [plain(now), plain(before)];
  if (current === null || baseline === null) return null;
  const sizes = sized === undefined ? null : [sized.size(now), sized.size(before)];
  const known = sizes === null || sizes.includes(null) ? null : sizeSlope(sized!, chunks, plain);
  const move = known === null ? 0 : sizes![0]! - sizes![1]!;
  const sampled = (slice: Slice): Sampled | null => (known === null ? plain(slice) : sized!.less(slice, known.slope));
  const [beside, then] = [sampled(now)!, sampled(before)!];
  const either = better === 'same' || better === 'zero';
  const direction = better === 'low' || (either && beside.value > then.value) ? 'above' : 'below';
  const own = chunks.flatMap((chunk) => sampled(chunk) ?? []);
  const parts = own.length > 0 ? own : asLarge(metric, before, all);
  // What the slope is off by tells the more the further the sizes lie apart.
  const wider = { ...then, variance: then.variance + (known?.variance ?? 0) * move ** 2 };
  const { pValue } = compareMeans(beside, wider, parts, direction, timeless);
  const rise = beside.value - then.value;
  const moved = direction === 'above' ? rise : -rise;
  return {
    ...{ value: current.value, expected: baseline.value },
    effect: better === 'zero' ? Math.abs(beside.value) - Math.abs(then.value) : moved,
    // Of either way the one it went was chosen.
    pValue: either && pValue !== null ? Math.min(1, 2 * pValue) : pValue,
    ...(known !== null && { ofSize: baseline.value + known.slope * move }),
  };
}

/** Chunks of all rows as those of a segment: where thresholds are parts of a unit of the baseline, the spread is one too. */
function asLarge({ check, spread }: PerformanceMetric, before: Slice, slices: Slice[]): Sampled[] {
  const units = slices.flatMap((slice) => check?.unit?.(slice) ?? []);
  const mean = units.reduce((sum, unit) => sum + unit, 0) / units.length;
  const times = mean > 0 ? (check!.unit!(before) ?? mean) / mean : 1;
  const chunks = slices.flatMap((slice) => spread?.(slice) ?? []);
  return chunks.map((chunk) => ({ ...chunk, value: times * chunk.value, variance: times * times * chunk.variance }));
}
