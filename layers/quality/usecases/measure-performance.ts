import type { MeasureOptions } from '../checks/measure-columns.ts';
import type { PerformanceEvidence } from '../checks/measure-loss.ts';
import { isChecked, performanceChecks } from '../checks/performance.ts';
import type { Measured } from '../checks/verdict.ts';
import { FEWEST_SHOWN } from '../contract/columns.ts';
import { type MetricRow, toJsonNumber } from '../contract/report.ts';
import type { Flips } from '../metrics/fairness/counterfactual-flip-test.ts';
import { noValue } from '../metrics/outcome.ts';
import { type PerformanceMetric, performanceMetrics, type Slice } from '../metrics/performance/index.ts';
import type { ChunkOutcomes } from '../profile/outcomes/chunks.ts';
import { chunkSlices, type Group, groupLike, groupsBy, type OutcomeSide } from './outcome-side.ts';
import { unevenLabels, withStanding } from './uneven-labels.ts';

const MOST_GROUPS = 30;

export interface Measurable {
  now: OutcomeSide;
  before: OutcomeSide | null;
  /** Of the state, for what is drawn. */
  seed: string;
  options: MeasureOptions;
  /** The flip test of each group, where it was made. */
  flips: Map<string, Flips>;
}

export interface Sided extends Measurable {
  /** The baseline's, at the judged length. */
  chunks: ChunkOutcomes;
}

/** Whether any row has what the metric needs: else hundreds of nulls would say nothing. */
const hasOutcomes = ({ counts: { tp, fp, fn, tn }, scored, matrix, sums, classRows }: Slice): boolean =>
  classRows !== undefined ||
  tp + fp + fn + tn > 0 ||
  (scored !== null && scored.scores.length > 0) ||
  (matrix !== null && Array.from(matrix.cells).some((cell) => cell > 0)) ||
  (sums?.rows ?? 0) > 0;

/** Every metric over all rows, then of each segment. */
export function performanceRows({ now, seed }: Measurable): MetricRow[] {
  if (!hasOutcomes(now.whole)) return [];
  const metrics = performanceMetrics(now.plan);
  const within = metrics.filter(({ segments }) => segments);
  return [
    ...metrics.map((metric) => metricRow(metric, now.whole, null, seed)),
    ...segmentsOf(now).flatMap(({ name, slice }) => within.map((metric) => metricRow(metric, slice, name, `${seed} ${name}`))),
  ];
}

function metricRow(metric: PerformanceMetric, slice: Slice, segment: string | null, seed: string): MetricRow {
  const outcome = metric.compute(slice);
  const { value, error, reason } = Number.isNaN(outcome.value) ? noValue('the values are too large for it') : outcome;
  const drawn = value === null || !Number.isFinite(value) ? null : metric.interval(slice, seed);
  const interval = drawn?.every(Number.isFinite) ? drawn : null;
  return {
    ...{ metric: metric.id, factor: 'accuracy', column: null, segment, facet: null, parameters: metric.parameters ?? {} },
    value: value === null ? null : toJsonNumber(value),
    interval: interval === null ? null : [toJsonNumber(interval[0]), toJsonNumber(interval[1])],
    rows: slice.rows,
    error: error ?? null,
    reason: reason ?? null,
  };
}

/** The values of every segmentation, those with the most rows, in order of segmentation and value. */
export function segmentsOf(side: OutcomeSide): (Group & { names: string[] })[] {
  return side.plan.segments.flatMap((names) => {
    const groups = (groupsBy(side, names) ?? []).filter(({ slice }) => slice.rows >= FEWEST_SHOWN && hasOutcomes(slice));
    return mostOf(groups, ({ rows }) => rows).map((group) => ({ ...group, names }));
  });
}

/** All rows of a slice, labelled or not. */
export const rowsOf = ({ allRows, rows }: Slice): number => allRows ?? rows;

/** Groups of a segmentation that are shown, those without any label too. */
export const shownGroups = (side: OutcomeSide, names: readonly string[]): Group[] =>
  mostOf(
    (groupsBy(side, names) ?? []).filter(({ slice }) => rowsOf(slice) >= FEWEST_SHOWN),
    rowsOf,
  );

/** As many groups as are shown, those with the most rows, in their order. */
export function mostOf(groups: Group[], rowsOf: (slice: Slice) => number): Group[] {
  const kept = new Set([...groups].sort((a, b) => rowsOf(b.slice) - rowsOf(a.slice)).slice(0, MOST_GROUPS));
  return groups.filter((group) => kept.has(group));
}

/** Metrics against the baseline's, over all rows and in each segment that both sides have; there not of each class, which would be many checks of few rows. */
export function measurePerformance(sided: Sided): Measured[] {
  const { now, before, chunks, options } = sided;
  if (before === null || !hasOutcomes(before.whole) || !hasOutcomes(now.whole)) return [];
  const metrics = performanceMetrics(now.plan).filter((metric) => isChecked(metric, options));
  const whole = { now: now.whole, before: before.whole, chunks: chunkSlices(before, chunks), segment: null, classes: now.plan.classes };
  const judged = unevenLabels(sided) ? withStanding : (evidence: PerformanceEvidence) => evidence;
  return [
    ...performanceChecks(metrics, judged(whole), options),
    ...segmentsOf(now).flatMap(({ name, names, values, slice }) => {
      const then = groupLike(before, names, values);
      if (then === undefined) return [];
      const own = { now: slice, before: then.slice, chunks: chunkSlices(before, chunks, names, values) };
      const evidence = { ...own, all: whole.chunks, segment: name, classes: now.plan.classes };
      return performanceChecks(
        metrics.filter(({ segments, parameters }) => segments && parameters === undefined),
        judged(evidence),
        options,
      );
    }),
  ];
}
