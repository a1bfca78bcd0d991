import type { PerformanceSection } from '../../contract/outcome-report.ts';
import { type OutcomePlan, outcomePlanSchema } from '../../contract/outcomes.ts';
import type { Estimator, MulticlassEstimator, PerformanceEstimate, RegressionEstimator } from '../../metrics/estimates/index.ts';
import type { Json } from '../../states/state.ts';
import { type ChunkOutcomes, decodeChunks, encodeChunks } from './chunks.ts';
import { decodeOutcomes, encodeOutcomes, type Outcomes } from './outcomes.ts';
import { decodeSample, encodeSample, type RowSample } from './row-sample.ts';

/** What a baseline keeps of its labels, predictions, scores and groups. */
export interface BaselineOutcomes {
  plan: OutcomePlan;
  /** Cuts of the score. */
  edges: Float64Array;
  outcomes: Outcomes;
  chunks: ChunkOutcomes;
  /** Null where labels or scores were not enough to learn from. */
  estimator: LearnedEstimator | null;
  /** Labelled rows by their bins; null where there are none. */
  sample: RowSample | null;
  /** What its rows with a label came to, from the rows themselves; null of baselines that were made before it was kept. */
  values: NonNullable<PerformanceSection['baseline']> | null;
}

/** What was learned about estimating without labels, by kind of problem. */
export type LearnedEstimator = (
  | { problem: 'binary'; of: Estimator }
  | { problem: 'multiclass'; of: MulticlassEstimator }
  | { problem: 'regression'; of: RegressionEstimator }
) & { own?: OwnEstimates };

/**
 * What is estimated of the baseline's own rows. Only where some have no label, prediction or score: what the others' labels showed is then no
 * measure of what is estimated of all.
 */
export interface OwnEstimates {
  rows: number;
  byMetric: Record<string, Pick<PerformanceEstimate, 'value' | 'samplingError'>>;
}

export const encodeBaselineOutcomes = ({ plan, edges, outcomes, chunks, estimator, sample, values }: BaselineOutcomes): Json => ({
  plan: plan as unknown as Json,
  edges: Array.from(edges),
  outcomes: encodeOutcomes(outcomes),
  chunks: encodeChunks(chunks),
  estimator: estimator as unknown as Json,
  sample: sample === null ? null : encodeSample(sample),
  values: values as unknown as Json,
});

export function decodeBaselineOutcomes(json: Json): BaselineOutcomes {
  const raw = json as { plan: Json; edges: number[]; outcomes: Json; chunks: Json; estimator: Json; sample: Json; values?: Json };
  const plan = outcomePlanSchema.parse(raw.plan);
  const edges = Float64Array.from(raw.edges);
  return {
    plan,
    edges,
    outcomes: decodeOutcomes(raw.outcomes, plan, edges),
    chunks: decodeChunks(raw.chunks, plan, edges),
    estimator: raw.estimator as unknown as LearnedEstimator | null,
    sample: raw.sample === null ? null : decodeSample(raw.sample),
    values: (raw.values ?? null) as unknown as BaselineOutcomes['values'],
  };
}
