import { compareMeans, type Sampled } from '../checks/compare-means.ts';
import type { MeasureOptions } from '../checks/measure-columns.ts';
import { thresholdFor } from '../checks/thresholds.ts';
import type { Measured } from '../checks/verdict.ts';
import type { PerformanceSection } from '../contract/outcome-report.ts';
import { type MetricRow, toJsonNumber } from '../contract/report.ts';
import { type Estimator, estimateUnlabelled, fitEstimator, type PerformanceEstimate } from '../metrics/estimates/index.ts';
import { performanceMetrics, type Slice } from '../metrics/performance/index.ts';
import { scoredCells } from '../metrics/performance/scored-cells.ts';
import type { KeptRows } from '../profile/outcomes/kept-rows.ts';
import type { Sided } from './measure-performance.ts';
import { chunkSlices, type OutcomeSide } from './outcome-side.ts';

/** The estimates that are printed, each beside the metric it is of. */
export const ESTIMATED = ['accuracy', 'precision', 'recall', 'specificity', 'f1', 'roc_auc', 'average_precision'] as const;
/** Those whose fall is a finding. */
const WATCHED = ['accuracy', 'precision', 'recall', 'roc_auc'] as const;
/** With labels for more rows than this, what is measured speaks for itself. */
const FEW_LABELS = 0.5;
/** Rows that estimates are made of, at least. */
const FEWEST_ROWS = 100;

export interface Estimates {
  rows: number;
  byMetric: Record<string, PerformanceEstimate>;
  /** Whether they are of rows without a label, which alone can be judged; else of all rows, to be held against the truth. */
  unlabelled: boolean;
}

/** What a labelled baseline teaches about estimating; null without scores, predictions and labels of both classes. */
export function learnEstimator(rows: KeptRows, side: OutcomeSide, seed: string): Estimator | null {
  const cells = side.plan.problem === 'binary' ? scoredCells(rows, 'labelled') : null;
  if (cells === null || side.whole.scored === null) return null;
  const { tp, fp, fn, tn } = side.whole.counts;
  if (!(tp + fn > 0 && fp + tn > 0) || side.outcomes.facts.scoresOutside > 0) return null;
  return fitEstimator(cells, [], { seed });
}

/** Estimates of the rows without labels; where most have one, of all rows. Null where nothing can be estimated. */
export function estimateOutcomes(rows: KeptRows, now: OutcomeSide, estimator: Estimator | null): Estimates | null {
  if (estimator === null || now.plan.problem !== 'binary' || now.outcomes.facts.scoresOutside > 0) return null;
  const labelled = labelledShare(now.whole);
  const unlabelled = labelled < FEW_LABELS;
  const cells = scoredCells(rows, unlabelled ? 'unlabelled' : 'all');
  const count = cells?.rows.reduce((sum, each) => sum + each, 0) ?? 0;
  return cells === null || count < FEWEST_ROWS ? null : { rows: count, byMetric: estimateUnlabelled(estimator, cells), unlabelled };
}

export function labelledShare({ counts, rows }: Slice): number {
  const { tp, fp, fn, tn, positiveLabel, negativeLabel } = counts;
  return rows === 0 ? 0 : (tp + fp + fn + tn + positiveLabel + negativeLabel) / rows;
}

export function estimateRows({ rows, byMetric }: Estimates, now: OutcomeSide): MetricRow[] {
  return ESTIMATED.flatMap((id) => {
    const estimate = byMetric[id]!;
    const row = (metric: string, value: number | null, interval: MetricRow['interval'], reason: string | null): MetricRow => ({
      ...{ metric, factor: 'accuracy', column: null, segment: null, facet: null, parameters: {} },
      ...{ value: value === null ? null : toJsonNumber(value), interval, rows, error: null, reason },
    });
    const { confidence, value, reason } = estimate;
    const realised = realisedOf(now, id);
    return [
      row(`estimated_${id}`, value, confidence === null ? null : [confidence.lower, confidence.upper], reason ?? null),
      ...(realised === null || value === null ? [] : [row(`estimated_${id}_error`, value - realised, null, null)]),
    ];
  });
}

const realisedOf = (side: OutcomeSide, id: string): number | null =>
  performanceMetrics(side.plan)
    .find((metric) => metric.id === id && metric.parameters === undefined)
    ?.compute(side.whole).value ?? null;

export const estimateTable = ({ byMetric }: Estimates, now: OutcomeSide, before: OutcomeSide | null): PerformanceSection['estimates'] =>
  ESTIMATED.map((id) => {
    const { value, confidence, reason } = byMetric[id]!;
    return {
      metric: id,
      estimate: value,
      low: confidence?.lower ?? null,
      high: confidence?.upper ?? null,
      realised: realisedOf(now, id),
      baseline: before === null ? null : realisedOf(before, id),
      reason: reason ?? null,
    };
  });

/** Whether what the scores promise has fallen below what the baseline showed; only where labels do not say it. */
export function estimateChecks({ byMetric, unlabelled, rows }: Estimates, { before, chunks, options }: Sided): Measured[] {
  if (!unlabelled || before === null) return [];
  return WATCHED.flatMap((id) => {
    const check = checkOf(id, options);
    const { value, samplingError } = byMetric[id]!;
    const then = sampledOf(before.whole, before, id);
    if (check === null || value === null || samplingError === null || then === null) return [];
    const now = { value, variance: samplingError ** 2, freedom: rows - 1 };
    const spread = chunkSlices(before, chunks).flatMap((slice) => sampledOf(slice, before, id) ?? []);
    const { pValue } = compareMeans(now, then, spread, 'below');
    return [{ ...check, measurement: { value, expected: then.value, effect: then.value - value, pValue } }];
  });
}

function checkOf(id: string, { settings }: MeasureOptions): Measured | null {
  const name = `estimated_performance/${id}`;
  const threshold = thresholdFor(settings, name, { warn: 0.02, fail: 0.05, direction: 'below', source: 'default' });
  if (threshold === null) return null;
  return {
    ...{ id: name, column: null, metric: `estimated_${id}`, factor: 'accuracy', threshold, bounds: 'effect', measurement: null },
    subject: 'estimated performance',
  };
}

/** A realised metric with its sampling variance. */
function sampledOf(slice: Slice, { plan }: OutcomeSide, id: string): Sampled | null {
  const metric = performanceMetrics(plan).find((each) => each.id === id && each.parameters === undefined);
  if (metric?.spread) return metric.spread(slice);
  const [hits, rows] = metric?.fraction?.(slice) ?? [0, 0];
  if (!(rows > 1)) return null;
  const smooth = (hits + 1) / (rows + 2);
  return { value: hits / rows, variance: (smooth * (1 - smooth)) / rows, freedom: rows - 1 };
}
