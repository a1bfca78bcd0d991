import { type OutcomePlan, outcomePlanSchema } from '../../contract/outcomes.ts';
import type { Estimator } from '../../metrics/estimates/index.ts';
import type { Json } from '../../states/state.ts';
import { type ChunkOutcomes, decodeChunks, encodeChunks } from './chunks.ts';
import { decodeOutcomes, encodeOutcomes, type Outcomes } from './outcomes.ts';

/** What a baseline keeps of its labels, predictions, scores and groups. */
export interface BaselineOutcomes {
  plan: OutcomePlan;
  /** Cuts of the score. */
  edges: Float64Array;
  outcomes: Outcomes;
  chunks: ChunkOutcomes;
  /** Null where labels or scores were not enough to learn from. */
  estimator: Estimator | null;
}

export const encodeBaselineOutcomes = ({ plan, edges, outcomes, chunks, estimator }: BaselineOutcomes): Json => ({
  plan: plan as unknown as Json,
  edges: Array.from(edges),
  outcomes: encodeOutcomes(outcomes),
  chunks: encodeChunks(chunks),
  estimator: estimator as unknown as Json,
});

export function decodeBaselineOutcomes(json: Json): BaselineOutcomes {
  const raw = json as { plan: Json; edges: number[]; outcomes: Json; chunks: Json; estimator: Json };
  const plan = outcomePlanSchema.parse(raw.plan);
  const edges = Float64Array.from(raw.edges);
  return {
    plan,
    edges,
    outcomes: decodeOutcomes(raw.outcomes, plan, edges),
    chunks: decodeChunks(raw.chunks, plan, edges),
    estimator: raw.estimator as unknown as Estimator | null,
  };
}
