import type { Threshold } from '../contract/report.ts';
import type { PerformanceMetric } from '../metrics/performance/performance-metric.ts';
import type { Slice } from '../metrics/performance/slice.ts';
import type { Measurement } from './check.ts';
import { compareMeans, type Sampled } from './compare-means.ts';
import { intervalSpread, labelledRows } from './interval-spread.ts';
import type { MeasureOptions } from './measure-columns.ts';
import { compareRate } from './significance.ts';
import { sizeSlope } from './size-slope.ts';
import { namesMetric, thresholdFor } from './thresholds.ts';
import type { Measured } from './verdict.ts';
import { whyWorse } from './why-worse.ts';

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
}

/** `performance/recall`, `performance/recall[class=a]`, `performance/recall@region=N`. */
function idOf({ id, parameters }: PerformanceMetric, segment: string | null): string {
  const of = Object.entries(parameters ?? {}).map(([key, value]) => `${key}=${value}`);
  return `performance/${id}${of.length > 0 ? `[${of.join(',')}]` : ''}${segment === null ? '' : `@${segment}`}`;
}

/** Whether there are bounds for a metric: its own by default, or configured for it by name. */
export const isChecked = (metric: PerformanceMetric, { settings }: Pick<MeasureOptions, 'settings'>): boolean =>
  metric.check !== undefined ||
  (metric.better !== null && metric.parameters?.predictor === undefined && namesMetric(settings, 'performance', metric.id));

/** Every metric with bounds, against the baseline's value of it. */
export function performanceChecks(
  metrics: readonly PerformanceMetric[],
  evidence: PerformanceEvidence,
  options: MeasureOptions,
): Measured[] {
  return metrics.flatMap((metric) => (isChecked(metric, options) ? (measureOne(metric, evidence, options) ?? []) : []));
}

function measureOne(metric: PerformanceMetric, evidence: PerformanceEvidence, { settings, minimumRows }: MeasureOptions): Measured | null {
  const { segment, now } = evidence;
  const id = idOf(metric, segment);
  const { value: before, reason } = metric.compute(evidence.before);
  if (before === null && metric.check !== undefined) return null;
  const threshold = thresholdFor(settings, id, boundsOf(metric, before ?? 0));
  if (threshold === null || (metric.check === undefined && threshold.source === 'default')) return null;
  const check: Measured = {
    ...{ id, column: null, metric: metric.id, factor: 'accuracy', threshold, bounds: 'effect', measurement: null, segment },
    ...(metric.parameters && { parameters: metric.parameters }),
    subject: segment === null ? 'performance' : `segment ${segment}`,
  };
  if (before === null) return { ...check, settled: { verdict: 'not_applicable', reason: `${metric.id}: ${reason} in the baseline` } };
  const outcome = metric.compute(now);
  if (outcome.value === null) return { ...check, settled: { verdict: 'not_applicable', reason: `${metric.id}: ${outcome.reason}` } };
  const rows = metric.fraction ? metric.fraction(now)[1] : metric.spread ? (metric.spread(now)?.freedom ?? -1) + 1 : labelledRows(now);
  const needed = metric.id === 'roc_auc' ? Math.min(LEAST_OF_A_CLASS, minimumRows) : minimumRows;
  if (rows < needed) {
    const what = metric.id === 'roc_auc' ? 'labelled rows of each class' : 'labelled rows';
    return {
      ...check,
      settled: { verdict: 'not_applicable', reason: `${metric.id}: not enough ${what} to say (${Math.floor(rows)}, needs ${needed})` },
    };
  }
  const measurement = metric.fraction ? ofRate(metric, evidence) : metric.spread ? ofMean(metric, evidence) : byInterval(metric, evidence);
  if (measurement === null && !metric.fraction && !metric.spread)
    return { ...check, settled: { verdict: 'not_applicable', reason: `${metric.id}: no interval to say how sure it is` } };
  if (measurement !== null && measurement.pValue === null)
    return { ...check, settled: { verdict: 'not_applicable', reason: `${metric.id}: too little weight to say` } };
  const why = () => whyWorse({ ...evidence, metric: metric.id, ...(metric.parameters && { parameters: metric.parameters }) });
  return { ...check, measurement, why };
}

/** None by default of a metric that is checked only where that is configured. */
function boundsOf({ check, better }: PerformanceMetric, before: number): Threshold {
  const direction = better === 'low' ? 'above' : 'below';
  if (check === undefined) return { warn: null, fail: null, direction, source: 'default' };
  const unit = check.relative === true ? Math.abs(before) : 1;
  return { warn: check.warn * unit, fail: check.fail * unit, direction, source: 'default' };
}

function byInterval(metric: PerformanceMetric, evidence: PerformanceEvidence): Measurement | null {
  const spreads = intervalSpread(metric, evidence);
  if (spreads === null) return null;
  const { current, baseline, parts } = spreads;
  const ofRows = metric.drawn?.(evidence.before, labelledRows(evidence.now), metric.id) ?? null;
  const now = ofRows === null ? current : { ...current, variance: ofRows.variance };
  const then = ofRows === null ? baseline : { ...baseline, value: ofRows.value };
  const { pValue } = compareMeans(now, then, parts, metric.better === 'low' ? 'above' : 'below');
  const rise = now.value - then.value;
  return {
    ...{ value: now.value, expected: baseline.value, effect: metric.better === 'low' ? rise : -rise, pValue },
    ...(ofRows !== null && { ofRows: ofRows.value }),
  };
}

/** Rows of the rarer class without which a curve says nothing. */
const LEAST_OF_A_CLASS = 10;

function ofRate({ fraction, better }: PerformanceMetric, { now, before, chunks, all = [] }: PerformanceEvidence): Measurement | null {
  const hits = (slice: Slice): { hits: number; rows: number } => {
    const [part, whole] = fraction!(slice);
    return { hits: part, rows: whole };
  };
  const [current, baseline] = [hits(now), hits(before)];
  if (!(current.rows > 0 && baseline.rows > 0)) return null;
  const [value, expected] = [current.hits / current.rows, baseline.hits / baseline.rows];
  const direction = better === 'low' ? 'above' : 'below';
  const known = chunks.length === 0 ? [baseline] : chunks.map(hits);
  const { pValue } = compareRate(current, known, direction, chunks.length === 0 ? all.map(hits) : known);
  return { value, expected, effect: better === 'low' ? value - expected : expected - value, pValue };
}

function ofMean(metric: PerformanceMetric, { now, before, chunks, all = [] }: PerformanceEvidence): Measurement | null {
  const { spread, sized, better } = metric;
  const plain = (slice: Slice): Sampled | null => spread?.(slice) ?? null;
  const [current, baseline] = [plain(now), plain(before)];
  if (current === null || baseline === null) return null;
  const sizes = sized === undefined ? null : [sized.size(now), sized.size(before)];
  const known = sizes === null || sizes.includes(null) ? null : sizeSlope(sized!, chunks, plain);
  const move = known === null ? 0 : sizes![0]! - sizes![1]!;
  const sampled = (slice: Slice): Sampled | null => (known === null ? plain(slice) : sized!.less(slice, known.slope));
  const [beside, then] = [sampled(now)!, sampled(before)!];
  const direction = better === 'low' ? 'above' : 'below';
  const own = chunks.flatMap((chunk) => sampled(chunk) ?? []);
  const parts = own.length > 0 ? own : asLarge(metric, baseline, all);
  // What the slope is off by tells the more the further the sizes lie apart.
  const wider = { ...then, variance: then.variance + (known?.variance ?? 0) * move ** 2 };
  const { pValue } = compareMeans(beside, wider, parts, direction, own.length === 0);
  const effect = better === 'low' ? beside.value - then.value : then.value - beside.value;
  return {
    ...{ value: current.value, expected: baseline.value, effect, pValue },
    ...(known !== null && { ofSize: baseline.value + known.slope * move }),
  };
}

/** Chunks of all rows as those of a segment: where thresholds are a part of the baseline's value, the spread is one too. */
function asLarge({ check, spread }: PerformanceMetric, { value }: Sampled, slices: Slice[]): Sampled[] {
  const chunks = slices.flatMap((slice) => spread?.(slice) ?? []);
  const mean = chunks.reduce((sum, chunk) => sum + chunk.value, 0) / chunks.length;
  const times = check?.relative === true && mean > 0 ? value / mean : 1;
  return chunks.map((chunk) => ({ ...chunk, value: times * chunk.value, variance: times * times * chunk.variance }));
}
