import { total } from '../math/total.ts';
import {
  certainties,
  type Estimator,
  estimateMulticlass,
  estimatePerformance,
  estimateRegression,
  estimateUnlabelled,
  type MulticlassEstimator,
  type MulticlassRows,
  multiclassPerformance,
  type PerformanceEstimate,
  type RegressionEstimator,
} from '../metrics/estimates/index.ts';
import type { Outcome } from '../metrics/outcome.ts';
import { performanceMetrics } from '../metrics/performance/index.ts';
import { scoredCells } from '../metrics/performance/scored-cells.ts';
import type { ColumnCounts } from '../profile/column-counts.ts';
import type { BaselineOutcomes, OwnEstimates } from '../profile/outcomes/baseline-outcomes.ts';
import type { KeptRows } from '../profile/outcomes/kept-rows.ts';
import type { OutcomeFacts } from '../profile/outcomes/outcomes.ts';
import { type RowSample, type SampledColumn, sharesOfCounts } from '../profile/outcomes/row-sample.ts';
import { classRows, labelledSample } from './learn-estimator.ts';
import type { OutcomeSide } from './outcome-side.ts';
import { weighClasses } from './weigh-classes.ts';
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
export const FEWEST_ROWS = 100;

export interface Estimates {
  rows: number;
  byMetric: Record<string, PerformanceEstimate>;
  /** Whether few rows have a label, or those of one prediction more than those of another: they are then of all rows, and judged; else of those with one, to be held against the truth. */
  unlabelled: boolean;
  /** Estimates of the labelled rows beside what these showed; null where there are too few. */
  labelled: (EstimatedRows & { truth: Record<string, Outcome> }) | null;
  /** Null where the inputs have not shifted. */
  weighted: WeightedEstimates | null;
  /** Of the baseline's own rows, where its labels do not speak of all. */
  own: OwnEstimates | null;
}

interface EstimatedRows {
  rows: number;
  byMetric: Record<string, PerformanceEstimate>;
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
 * Estimates of all rows where few have a label or labels are uneven, for which rows have none yet may depend on what was predicted; else of those that have one.
 * Null where nothing can be estimated.
 */
export function estimateOutcomes(request: EstimateRequest): Estimates | null {
  const { now, before } = request;
  const estimator = before?.estimator ?? null;
  if (estimator === null || estimator.problem !== now.plan.problem || now.plan.weight !== null || before!.plan.weight !== null) return null;
  const unlabelled = request.uneven || labelledShareOf(now.outcomes.facts) < FEW_LABELS;
  const made =
    estimator.problem === 'binary'
      ? binaryEstimates(request, estimator.of, unlabelled)
      : estimator.problem === 'multiclass'
        ? classEstimates(request, estimator.of, unlabelled)
        : regressionEstimates(request, estimator.of);
  return made && { ...made, unlabelled, own: estimator.own ?? null };
}

type Made = Omit<Estimates, 'unlabelled' | 'own'>;

function classEstimates(
  { now, before, current, sample, seed }: EstimateRequest,
  estimator: MulticlassEstimator,
  unlabelled: boolean,
): Made | null {
  const enough = <R extends MulticlassRows>(rows: R | null): R | null =>
    rows !== null && rows.predictions.length >= FEWEST_ROWS ? rows : null;
  const of = (rows: MulticlassRows): EstimatedRows => ({ rows: rows.predictions.length, byMetric: estimateMulticlass(estimator, rows) });
  if (sample === null) return null;
  const known = enough(classRows(now.plan, sample, true));
  const labelled = known && { ...of(known), truth: multiclassPerformance(known, certainties(known)) };
  const all = unlabelled ? enough(classRows(now.plan, sample, false)) : null;
  const judged = unlabelled ? all : known;
  if (judged === null) return null;
  const base = before!.sample && labelledSample(before!.plan, before!.sample);
  const weighted = base && weighClasses(base, (column) => countsNow(current, column), judged, estimator, seed);
  return { ...(unlabelled ? of(judged) : { rows: labelled!.rows, byMetric: labelled!.byMetric }), labelled, weighted };
}

/** Made of the columns of all rows, they say nothing of the labelled ones alone. */
function regressionEstimates({ now, before, current }: EstimateRequest, estimator: RegressionEstimator): Made | null {
  const counts = (before?.sample?.columns ?? []).map((column) => countsNow(current, column) ?? []);
  const { rows, judged } = now.outcomes.facts;
  if (rows < FEWEST_ROWS) return null;
  const estimates = { rows, byMetric: estimateRegression(estimator, counts, rows) };
  const truth = (): Record<string, Outcome> => Object.fromEntries(ESTIMATED.regression.map((id) => [id, { value: realisedOf(now, id) }]));
  return { ...estimates, labelled: judged === rows ? { ...estimates, truth: truth() } : null, weighted: null };
}

const countsNow = (current: Map<string, ColumnCounts>, { name, bins }: SampledColumn): number[] | null =>
  current.has(name) ? sharesOfCounts(current.get(name)!, bins) : null;

function binaryEstimates({ rows, now, before, current, seed }: EstimateRequest, estimator: Estimator, unlabelled: boolean): Made | null {
  if (now.outcomes.facts.scoresOutside > 0) return null;
  const enough = (cells: ReturnType<typeof scoredCells>): typeof cells =>
    cells !== null && total(cells.rows) >= FEWEST_ROWS ? cells : null;
  const of = (cells: NonNullable<ReturnType<typeof scoredCells>>): EstimatedRows => ({
    rows: total(cells.rows),
    byMetric: estimateUnlabelled(estimator, cells),
  });
  const known = enough(scoredCells(rows, 'labelled'));
  const labelled = known && { ...of(known), truth: estimatePerformance(known) };
  const judged = unlabelled ? enough(scoredCells(rows, 'all')) : known;
  if (judged === null) return null;
  const weighted = weighEstimates(before!.sample, (column) => countsNow(current, column), judged, estimator, seed);
  return { ...(unlabelled ? of(judged) : { rows: labelled!.rows, byMetric: labelled!.byMetric }), labelled, weighted };
}

/** Share of the rows with a usable weight that have a label. */
const labelledShareOf = ({ rows, labelled }: OutcomeFacts): number => (rows > 0 ? labelled / rows : 0);

/** Averages of several classes are macro, as the estimates are. */
export const realisedOf = (side: OutcomeSide, id: string): number | null =>
  performanceMetrics(side.plan)
    .find((metric) => metric.id === id && (metric.parameters === undefined || metric.parameters.average === 'macro'))
    ?.compute(side.whole).value ?? null;
