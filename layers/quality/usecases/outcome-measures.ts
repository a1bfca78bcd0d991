import { setImmediate as nextTurn } from 'node:timers/promises';
import type { MeasureOptions } from '../checks/measure-columns.ts';
import type { MetricRow } from '../contract/report.ts';
import type { Flips } from '../metrics/fairness/counterfactual-flip-test.ts';
import { performanceMetrics } from '../metrics/performance/index.ts';
import type { BaselineOutcomes } from '../profile/outcomes/baseline-outcomes.ts';
import type { CountedOutcomes } from './count-outcomes.ts';
import { fairnessRows } from './fairness-rows.ts';
import { type Measurable, performanceRows } from './measure-performance.ts';
import { type OutcomeSide, outcomeSide } from './outcome-side.ts';
import { type Curves, curvesOf } from './performance-section.ts';

export interface MeasuresRequest {
  plan: OutcomeSide['plan'];
  counted: CountedOutcomes;
  edges: Float64Array;
  /** The baseline's, where there is one of the same problem. */
  before: BaselineOutcomes | null;
  /** Of the data, for what is drawn. */
  seed: string;
  /** The flip test of each group, where it was made. */
  flips: Map<string, Flips>;
  options: MeasureOptions;
}

/** What outcomes come to by themselves: all that needs no profile of the columns. Each is computed when it is first asked for. */
export interface OutcomeMeasures {
  sides(): Measurable;
  performance(): MetricRow[];
  fairness(): MetricRow[];
  curves(): Curves;
}

function lazy<T>(compute: () => T): () => T {
  let found: { of: T } | undefined;
  return () => {
    found ??= { of: compute() };
    return found.of;
  };
}

export function outcomeMeasures({ plan, counted, edges, before, seed, flips, options }: MeasuresRequest): OutcomeMeasures {
  const sides = lazy(() => ({
    ...{ seed, flips, options },
    now: outcomeSide(plan, counted.outcomes, edges, counted.rows),
    // The baseline's exact values are those of its fine bins.
    before: before && outcomeSide(before.plan, before.outcomes, before.edges, null),
  }));
  return {
    sides,
    performance: lazy(() => performanceRows(sides())),
    fairness: lazy(() => fairnessRows(sides())),
    curves: lazy(() => curvesOf(sides().now, sides().before, options.costs)),
  };
}

/** Computes all of it beside other work, in steps, between which other events have their turn. */
export async function measureAhead(measures: OutcomeMeasures): Promise<void> {
  const { whole, plan } = await step(measures.sides).then(({ now }) => now);
  // Of millions of scores each metric takes its time; of a binary model's it is computed once and known from then on.
  if (plan.problem === 'binary') for (const metric of performanceMetrics(plan)) await step(() => metric.compute(whole));
  await step(measures.performance);
  await step(measures.fairness);
  await step(measures.curves);
}

async function step<T>(compute: () => T): Promise<T> {
  await nextTurn();
  return compute();
}
