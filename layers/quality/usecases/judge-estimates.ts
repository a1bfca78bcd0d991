import { compareMeans, type Sampled } from '../checks/compare-means.ts';
import type { MeasureOptions } from '../checks/measure-columns.ts';
import { thresholdFor } from '../checks/thresholds.ts';
import type { Measured } from '../checks/verdict.ts';
import { WATCHED_ESTIMATES } from '../checks/watched-estimates.ts';
import { shareVariance } from '../math/share-variance.ts';
import { performanceMetrics, type Slice } from '../metrics/performance/index.ts';
import { estimateOf } from './estimate-outcomes.ts';
import type { Estimates } from './make-estimates.ts';
import type { Sided } from './measure-performance.ts';
import { chunkSlices, type OutcomeSide } from './outcome-side.ts';

/** Whether what the scores promise has fallen below what the baseline showed; only where labels do not say it. */
export function estimateChecks(estimates: Estimates, { before, chunks, options }: Sided): Measured[] {
  if (!estimates.unlabelled || before === null) return [];
  const rising = before.plan.problem === 'regression';
  return WATCHED_ESTIMATES[before.plan.problem].flatMap((id) => {
    const then = thenOf(estimates, before, id);
    const check = then === null ? null : checkOf(id, rising ? Math.abs(then.value) : null, options);
    const { value, samplingError, parameters } = estimateOf(estimates, id);
    if (check === null || value === null || samplingError === null || then === null) return [];
    const now = { value, variance: samplingError ** 2, freedom: estimates.rows - 1 };
    const spread = chunkSlices(before, chunks).flatMap((slice) => sampledOf(slice, before, id) ?? []);
    const { pValue } = compareMeans(now, then, spread, rising ? 'above' : 'below', options.timeless);
    return [
      {
        ...check,
        ...(parameters && { parameters }),
        measurement: { value, expected: then.value, effect: rising ? value - then.value : then.value - value, pValue },
      },
    ];
  });
}

/** Points of a share; of an error a part of the baseline's. */
function checkOf(id: string, unit: number | null, { settings }: MeasureOptions): Measured | null {
  const name = `estimated_performance/${id}`;
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
  const { value = null, samplingError = null } = own.byMetric[id] ?? {};
  return value === null || samplingError === null ? null : { value, variance: samplingError ** 2, freedom: own.rows - 1 };
}

/** A realised metric with its sampling variance. */
function sampledOf(slice: Slice, { plan }: OutcomeSide, id: string): Sampled | null {
  const metric = performanceMetrics(plan).find((each) => each.id === id && each.parameters === undefined);
  if (metric?.spread) return metric.spread(slice);
  const [hits, rows] = metric?.fraction?.(slice) ?? [0, 0];
  if (!(rows > 1)) return null;
  return { value: hits / rows, variance: shareVariance(hits, rows), freedom: rows - 1 };
}
