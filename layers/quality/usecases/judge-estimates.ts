import type { Measurement } from '../checks/check.ts';
import { compareMeans, type Sampled } from '../checks/compare-means.ts';
import type { MeasureOptions } from '../checks/measure-columns.ts';
import { thresholdFor } from '../checks/thresholds.ts';
import type { Measured } from '../checks/verdict.ts';
import { WATCHED_ESTIMATES } from '../checks/watched-estimates.ts';
import { shareVariance } from '../math/share-variance.ts';
import type { PerformanceEstimate } from '../metrics/estimates/index.ts';
import { performanceMetrics, type Slice } from '../metrics/performance/index.ts';
import { estimateOf } from './estimate-outcomes.ts';
import type { EstimatedSegment } from './estimated-segment.ts';
import type { Estimates } from './make-estimates.ts';
import type { Sided } from './measure-performance.ts';
import { chunkSlices, type OutcomeSide } from './outcome-side.ts';

/** Whether what the scores promise has fallen below what the baseline showed; only where labels do not say it. */
export function estimateChecks(estimates: Estimates, { before, chunks, options }: Sided): Measured[] {
  if (!estimates.unlabelled || before === null) return [];
  const rising = before.plan.problem === 'regression';
  return WATCHED_ESTIMATES[before.plan.problem].flatMap((id) => {
    const was = thenOf(estimates, before, id);
    const check = was === null ? null : checkOf(id, rising ? Math.abs(was.value) : null, options);
    const { parameters, ...of } = estimateOf(estimates, id);
    const now = sampled(of, estimates.rows);
    if (check === null || now === null || was === null) return [];
    const spread = chunkSlices(before, chunks).flatMap((slice) => sampledOf(slice, before, id) ?? []);
    return [{ ...check, ...(parameters && { parameters }), measurement: compared(now, was, spread, { rising, options }) }];
  });
}

/** The same of each segment; where its own chunks do not tell how a metric spreads between windows, those of all rows do. */
export function segmentEstimateChecks(segments: readonly EstimatedSegment[], { before, chunks, options }: Sided): Measured[] {
  if (before === null) return [];
  const rising = before.plan.problem === 'regression';
  const all = chunkSlices(before, chunks);
  return segments.flatMap(({ name, names, values, before: slice, rows, learned, byMetric }) => {
    const own = chunkSlices(before, chunks, names, values);
    return WATCHED_ESTIMATES[before.plan.problem].flatMap((id) => {
      const { before: was = null, ...estimate } = byMetric[id] ?? { value: null, samplingError: null };
      const check = was === null ? null : checkOf(id, rising ? was : null, options, name);
      const [now, known] = [sampled(estimate, rows), sampledOf(slice, before, id)];
      if (check === null || now === null || known === null || was === null) return [];
      const spread = [own, all].map((slices) => slices.flatMap((chunk) => sampledOf(chunk, before, id) ?? []));
      // A sample of the baseline tells less than all its rows.
      const variance = Math.max(known.variance, (now.variance * rows) / learned);
      const then = { value: was, variance, freedom: Math.min(known.freedom, learned - 1) };
      const measurement = compared(now, then, spread.find(({ length }) => length > 0) ?? [], { rising, options });
      return [{ ...check, segment: name, subject: `segment ${name}`, measurement }];
    });
  });
}

const sampled = ({ value, samplingError }: Pick<PerformanceEstimate, 'value' | 'samplingError'>, rows: number): Sampled | null =>
  value === null || samplingError === null ? null : { value, variance: samplingError ** 2, freedom: rows - 1 };

function compared(
  now: Sampled,
  was: Sampled,
  spread: Sampled[],
  { rising, options }: { rising: boolean; options: MeasureOptions },
): Measurement {
  const { pValue } = compareMeans(now, was, spread, rising ? 'above' : 'below', options.timeless);
  return { value: now.value, expected: was.value, effect: rising ? now.value - was.value : was.value - now.value, pValue };
}

/** Points of a share; of an error a part of the baseline's. */
function checkOf(id: string, unit: number | null, { settings }: MeasureOptions, segment: string | null = null): Measured | null {
  const name = `estimated_performance/${id}${segment === null ? '' : `@${segment}`}`;
  const bounds = unit === null ? { warn: 0.02, fail: 0.05 } : { warn: 0.1 * unit, fail: 0.25 * unit };
  const threshold = thresholdFor(settings, name, { ...bounds, direction: unit === null ? 'below' : 'above', source: 'default' });
  if (threshold === null) return null;
  return {
    ...{ id: name, column: null, metric: `estimated_${id}`, factor: 'accuracy', threshold, bounds: 'effect', measurement: null },
    subject: 'estimated performance',
  };
}

/** As the baseline's labels showed it; where these do not speak of all its rows, as it is estimated of them. */
function thenOf({ own }: Estimates, before: OutcomeSide, id: string): Sampled | null {
  if (own === null) return sampledOf(before.whole, before, id);
  return sampled(own.byMetric[id] ?? { value: null, samplingError: null }, own.rows);
}

/** A realised metric with its sampling variance. */
function sampledOf(slice: Slice, { plan }: OutcomeSide, id: string): Sampled | null {
  const metric = performanceMetrics(plan).find((each) => each.id === id && each.parameters === undefined);
  if (metric?.spread) return metric.spread(slice);
  const [hits, rows] = metric?.fraction?.(slice) ?? [0, 0];
  if (!(rows > 1)) return null;
  return { value: hits / rows, variance: shareVariance(hits, rows), freedom: rows - 1 };
}
