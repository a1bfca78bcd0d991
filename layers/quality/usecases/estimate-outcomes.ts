import type { PerformanceSection } from '../contract/outcome-report.ts';
import { type MetricRow, toJsonNumber } from '../contract/report.ts';
import { total } from '../math/total.ts';
import {
  CANNOT_SEE,
  estimateMulticlass,
  estimateRegression,
  estimateUnlabelled,
  type PerformanceEstimate,
} from '../metrics/estimates/index.ts';
import { ofAllRows, performanceMetrics } from '../metrics/performance/index.ts';
import { scoredCells } from '../metrics/performance/scored-cells.ts';
import type { ColumnCounts } from '../profile/column-counts.ts';
import type { BaselineOutcomes } from '../profile/outcomes/baseline-outcomes.ts';
import type { KeptRows } from '../profile/outcomes/kept-rows.ts';
import type { OutcomeFacts } from '../profile/outcomes/outcomes.ts';
import { type RowSample, sharesOfCounts } from '../profile/outcomes/row-sample.ts';
import { classRows } from './learn-estimator.ts';
import type { OutcomeSide } from './outcome-side.ts';
import { type WeightedEstimates, weighEstimates } from './weigh-estimates.ts';

/** The estimates that are printed, by kind of problem, each beside the metric it is of. */
export const ESTIMATED = {
  binary: ['accuracy', 'precision', 'recall', 'specificity', 'f1', 'roc_auc', 'average_precision'],
  multiclass: ['accuracy', 'precision', 'recall', 'specificity', 'f1', 'roc_auc', 'average_precision'],
  regression: ['mean_absolute_error', 'mean_squared_error', 'root_mean_squared_error'],
} as const;

/** With labels for more rows than this, what is measured speaks for itself. */
export const FEW_LABELS = 0.5;
/** Rows that estimates are made of, at least. */
const FEWEST_ROWS = 100;

export interface Estimates {
  rows: number;
  byMetric: Record<string, PerformanceEstimate>;
  /** Whether few rows have a label, or those of one prediction more than those of another: they are then of all rows, and judged; else of those with one, to be held against the truth. */
  unlabelled: boolean;
  /** Estimates of the labelled rows, to be held against what these showed; null where there are too few. */
  labelled: { rows: number; byMetric: Record<string, PerformanceEstimate> } | null;
  /** Null where the inputs have not shifted. */
  weighted: WeightedEstimates | null;
}

export interface EstimateRequest {
  rows: KeptRows;
  now: OutcomeSide;
  before: BaselineOutcomes | null;
  /** Counts of the columns now, at the baseline's bins. */
  current: Map<string, ColumnCounts>;
  /** Some rows of now; null unless they were needed. */
  sample: RowSample | null;
  seed: string;
  /** Whether labels came for one prediction more often than for another, unlike in the baseline. */
  uneven: boolean;
}

/**
 * Estimates of all rows where few have a label or labels are uneven, for which rows have none yet may depend on what was predicted; else of those that have. Null
 * where nothing can be estimated.
 */
export function estimateOutcomes(request: EstimateRequest): Estimates | null {
  const { now, before } = request;
  const estimator = before?.estimator ?? null;
  if (estimator === null || estimator.problem !== now.plan.problem || now.plan.weight !== null || before!.plan.weight !== null) return null;
  const unlabelled = request.uneven || labelledShareOf(now.outcomes.facts) < FEW_LABELS;
  if (estimator.problem === 'binary') return binaryEstimates(request, unlabelled);
  if (estimator.problem === 'multiclass') {
    const ofSample = (which: boolean): Estimates['labelled'] => {
      const rows = request.sample === null ? null : classRows(now.plan, request.sample, which);
      return rows === null || rows.predictions.length < FEWEST_ROWS
        ? null
        : { rows: rows.predictions.length, byMetric: estimateMulticlass(estimator.of, rows) };
    };
    return estimatesOf(unlabelled, ofSample);
  }
  const counts = (before?.sample?.columns ?? []).map(({ name, bins }) =>
    request.current.has(name) ? sharesOfCounts(request.current.get(name)!, bins) : [],
  );
  const { rows, judged } = now.outcomes.facts;
  if (rows < FEWEST_ROWS) return null;
  const estimates = { rows, byMetric: estimateRegression(estimator.of, counts, rows) };
  // Made of the columns of all rows, they say nothing of the labelled ones alone.
  return { ...estimates, unlabelled, labelled: judged === rows ? estimates : null, weighted: null };
}

function estimatesOf(unlabelled: boolean, of: (labelled: boolean) => Estimates['labelled']): Estimates | null {
  const labelled = of(true);
  const made = unlabelled ? of(false) : labelled;
  return made === null ? null : { ...made, unlabelled, labelled, weighted: null };
}

function binaryEstimates({ rows, now, before, current, seed }: EstimateRequest, unlabelled: boolean): Estimates | null {
  const estimator = before!.estimator!;
  if (estimator.problem !== 'binary' || now.outcomes.facts.scoresOutside > 0) return null;
  const cells = { labelled: scoredCells(rows, 'labelled'), all: unlabelled ? scoredCells(rows, 'all') : null };
  const estimates = estimatesOf(unlabelled, (labelled) => {
    const of = labelled ? cells.labelled : cells.all;
    const count = total(of?.rows ?? []);
    return of === null || count < FEWEST_ROWS ? null : { rows: count, byMetric: estimateUnlabelled(estimator.of, of) };
  });
  const judged = (unlabelled ? cells.all : cells.labelled)!;
  return estimates && { ...estimates, weighted: weighEstimates(before!.sample, current, judged, estimator.of, seed) };
}

/** Share of the rows with a usable weight that have a label. */
const labelledShareOf = ({ rows, labelled }: OutcomeFacts): number => (rows > 0 ? labelled / rows : 0);

export function labelledShare({ counts, rows, labelled: of }: OutcomeSide['whole']): number {
  if (of !== undefined) return of;
  const { tp, fp, fn, tn, positiveLabel, negativeLabel, positivePrediction, negativePrediction, neither } = counts;
  const labelled = tp + fp + fn + tn + positiveLabel + negativeLabel;
  return rows === 0 || labelled === 0 ? 0 : labelled / (labelled + positivePrediction + negativePrediction + neither);
}

const WEIGHTED = { calibration: 'weighted to the inputs' };

/** The estimate to be judged, and the parameters of its row: weighted where the inputs shifted and the weights can be trusted. */
export function estimateOf({ byMetric, weighted }: Estimates, id: string): PerformanceEstimate & { parameters?: typeof WEIGHTED } {
  const better = weighted === null || weighted.reason !== null ? undefined : weighted.byMetric[id];
  return better?.value == null ? byMetric[id]! : { ...better, parameters: WEIGHTED };
}

export function estimateRows(estimates: Estimates, now: OutcomeSide): MetricRow[] {
  const { rows, byMetric, weighted, labelled } = estimates;
  const row = (metric: string, value: number | null, of: Partial<MetricRow> = {}): MetricRow => ({
    ...{ metric, factor: 'accuracy', column: null, segment: null, facet: null, parameters: {} },
    ...{ value: value === null ? null : toJsonNumber(value), interval: null, rows, error: null, reason: null },
    ...of,
  });
  const estimate = (id: string, { value, confidence, reason }: PerformanceEstimate, parameters: MetricRow['parameters'] = {}): MetricRow =>
    row(`estimated_${id}`, value, {
      parameters,
      interval: confidence === null ? null : [toJsonNumber(confidence.lower), toJsonNumber(confidence.upper)],
      reason: reason ?? null,
    });
  return ESTIMATED[now.plan.problem].flatMap((id) => {
    const realised = realisedOf(now, id);
    const value = labelled?.byMetric[id]?.value ?? null;
    return [
      estimate(id, byMetric[id]!),
      ...(weighted === null ? [] : [estimate(id, weighted.byMetric[id]!, WEIGHTED)]),
      ...(realised === null || value === null ? [] : [row(`estimated_${id}_error`, value - realised, { rows: labelled!.rows })]),
    ];
  });
}

/** Averages of several classes are macro, as the estimates are. */
export const realisedOf = (side: OutcomeSide, id: string): number | null =>
  performanceMetrics(side.plan)
    .find((metric) => metric.id === id && (metric.parameters === undefined || metric.parameters.average === 'macro'))
    ?.compute(side.whole).value ?? null;

export function estimateTable(estimates: Estimates, now: OutcomeSide, before: OutcomeSide | null): PerformanceSection['estimates'] {
  const whole = before && (estimates.unlabelled ? ofAllRows(before.whole) : before.whole);
  const then = before && whole && { ...before, whole };
  return ESTIMATED[now.plan.problem].map((id) => {
    const { value, confidence, reason } = estimateOf(estimates, id);
    return {
      metric: id,
      estimate: finite(value),
      low: finite(confidence?.lower),
      high: finite(confidence?.upper),
      // Of the same rows, or not beside it.
      realised: estimates.unlabelled ? null : finite(realisedOf(now, id)),
      baseline: then === null ? null : finite(realisedOf(then, id)),
      reason: reason ?? null,
    };
  });
}

/** What is too large for a number is not shown as one. */
const finite = (value: number | null | undefined): number | null => (value != null && Number.isFinite(value) ? value : null);

export function estimateNotes({ unlabelled, weighted }: Estimates): string[] {
  if (!unlabelled) return [];
  const shift =
    weighted === null
      ? []
      : weighted.reason === null
        ? [
            `The inputs have shifted: estimates are calibrated on the baseline's rows weighted to them (worth ${Math.round(weighted.effectiveRows)} rows).`,
          ]
        : [
            `The inputs have shifted further than the baseline's rows can be weighted to (${weighted.reason}): estimates are calibrated on the baseline as it was.`,
          ];
  return [CANNOT_SEE, ...shift];
}
