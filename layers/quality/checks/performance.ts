import type { Threshold } from '../contract/report.ts';
import type { PerformanceMetric } from '../metrics/performance/performance-metric.ts';
import type { Slice } from '../metrics/performance/slice.ts';
import type { MeasureOptions } from './measure-columns.ts';
import { measureLoss, type PerformanceEvidence, rowsBehind } from './measure-loss.ts';
import { ONE_SIDED, UNEVEN_LABELS } from './prediction-coverage.ts';
import { namesMetric, thresholdFor } from './thresholds.ts';
import type { Measured } from './verdict.ts';
import { whyWorse } from './why-worse.ts';

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

function measureOne(metric: PerformanceMetric, evidence: PerformanceEvidence, options: MeasureOptions): Measured | null {
  const { segment } = evidence;
  const { settings, minimumRows } = options;
  const id = idOf(metric, segment);
  const { value: before } = metric.compute(evidence.before);
  if (before === null && metric.check !== undefined) return null;
  const threshold = thresholdFor(settings, id, boundsOf(metric, evidence.before));
  if (threshold === null || (metric.check === undefined && threshold.source === 'default')) return null;
  const check: Measured = {
    ...{ id, column: null, metric: metric.id, factor: 'accuracy', threshold, bounds: 'effect', measurement: null, segment },
    ...(metric.parameters && { parameters: metric.parameters }),
    subject: segment === null ? 'performance' : `segment ${segment}`,
  };
  const used = judgedBy(metric, evidence, minimumRows);
  if (typeof used === 'string') return { ...check, settled: { verdict: 'not_applicable', reason: `${metric.id}: ${used}` } };
  const measurement = measureLoss(metric, used, options);
  if (measurement === null && !metric.fraction && !metric.spread)
    return { ...check, settled: { verdict: 'not_applicable', reason: `${metric.id}: no interval to say how sure it is` } };
  if (measurement !== null && measurement.pValue === null)
    return { ...check, settled: { verdict: 'not_applicable', reason: `${metric.id}: too little weight to say` } };
  const why = () => whyWorse({ ...used, metric: metric.id, ...(metric.parameters && { parameters: metric.parameters }) });
  return { ...check, measurement, why };
}

/** The rows a metric is judged by, or the reason why it is not. */
function judgedBy(metric: PerformanceMetric, evidence: PerformanceEvidence, minimumRows: number): PerformanceEvidence | string {
  const { standing } = evidence;
  const used = standing === undefined || metric.ofPrediction ? evidence : standing;
  if (used === null) return evidence.now.sums !== null ? UNEVEN_LABELS : ONE_SIDED;
  const lost = used !== evidence && metric.compute(used.now).value === null && metric.compute(evidence.now).value !== null;
  if (lost) return UNEVEN_LABELS;
  return whyUnmeasured(metric, used, minimumRows) ?? used;
}

/** Null where the metric has a value on both sides, and rows enough. */
function whyUnmeasured(metric: PerformanceMetric, { now, before }: PerformanceEvidence, minimumRows: number): string | null {
  const [is, was] = [metric.compute(now), metric.compute(before)];
  if (was.value === null) return `${was.reason} in the baseline`;
  if (is.value === null) return is.reason ?? 'no value';
  const rows = rowsBehind(metric, now);
  const ofClass = metric.id === 'roc_auc';
  const needed = ofClass ? Math.min(LEAST_OF_A_CLASS, minimumRows) : minimumRows;
  const what = ofClass ? 'labelled rows of each class' : 'labelled rows';
  return rows < needed ? `not enough ${what} to say (${Math.floor(rows)}, needs ${needed})` : null;
}

/** None by default of a metric that is checked only where that is configured. */
function boundsOf({ check, better }: PerformanceMetric, before: Slice): Threshold {
  const direction = better === 'high' ? 'below' : 'above';
  if (check === undefined) return { warn: null, fail: null, direction, source: 'default' };
  const unit = check.unit === undefined ? 1 : (check.unit(before) ?? 0);
  return { warn: check.warn * unit, fail: check.fail * unit, direction, source: 'default' };
}

/** Rows of the rarer class without which a curve says nothing. */
const LEAST_OF_A_CLASS = 10;
