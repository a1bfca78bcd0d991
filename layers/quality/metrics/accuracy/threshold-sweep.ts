import { NO_ROWS } from '../outcome.ts';
import { type ConfusionCounts, weightOf } from './confusion-counts.ts';
import type { Found } from './found.ts';
import type { ScoredCounts } from './scored-counts.ts';
import { allThresholds } from './threshold-counts.ts';

/** What one row of each cell costs; what is right costs nothing unless said (a negative cost is a gain). */
export interface Costs {
  falsePositive: number;
  falseNegative: number;
  truePositive?: number;
  trueNegative?: number;
}

export interface SweepStep {
  threshold: number;
  counts: ConfusionCounts;
  /** Mean cost of a row. */
  cost: number;
}

/** Mean cost of a row. */
export const meanCost = (counts: ConfusionCounts, costs: Costs): number =>
  (counts.fp * costs.falsePositive +
    counts.fn * costs.falseNegative +
    counts.tp * (costs.truePositive ?? 0) +
    counts.tn * (costs.trueNegative ?? 0)) /
  weightOf(counts);

/**
 * Counts and mean cost at every threshold (score ≥ threshold is positive), from Infinity downwards, and the cheapest of them: the highest of
 * several. Each step is exact; in merged bins thresholds are their lowest scores. The cheapest is chosen on these rows and so flatters itself
 * a little. With calibrated scores it is near cost(fp)/(cost(fp) + cost(fn)), Elkan (2001). Null without rows.
 */
export function thresholdSweep(
  counts: ScoredCounts,
  costs: Costs = { falsePositive: 1, falseNegative: 1 },
): Found<{ steps: SweepStep[]; cheapest: SweepStep }> {
  const steps = allThresholds(counts).map((step) => ({ ...step, cost: meanCost(step.counts, costs) }));
  if (!(weightOf(steps[0]!.counts) > 0)) return { value: null, reason: NO_ROWS };
  return { value: { steps, cheapest: steps.reduce((best, step) => (step.cost < best.cost ? step : best)) } };
}
