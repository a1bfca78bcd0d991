import { NO_ROWS } from '../outcome.ts';
import { type ConfusionCounts, weightOf } from './confusion-counts.ts';
import type { Found } from './found.ts';
import { labelWeights, lowOf, type ScoredCounts } from './scored-counts.ts';

/** What one row of each cell costs; what is right costs nothing unless said (a negative cost is a gain). */
export interface Costs {
  falsePositive: number;
  falseNegative: number;
  truePositive?: number;
  trueNegative?: number;
}

export interface CostedThreshold {
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
 * The threshold (score ≥ threshold is positive) at which rows cost least: the highest of several, Infinity where nobody is to be selected. Each is exact;
 * in merged bins thresholds are their lowest scores. It is chosen on these rows and so flatters itself a little. With calibrated scores it is near
 * cost(fp)/(cost(fp) + cost(fn)), Elkan (2001). Null without rows. Keeps no step: scores may be millions.
 */
export function cheapestThreshold(counts: ScoredCounts, costs: Costs): Found<CostedThreshold> {
  const { positives, negatives, all } = labelWeights(counts);
  if (!(all > 0)) return { value: null, reason: NO_ROWS };
  const { falsePositive, falseNegative, truePositive = 0, trueNegative = 0 } = costs;
  const costAt = (tp: number, fp: number): number =>
    (fp * falsePositive + Math.max(0, positives - tp) * falseNegative + tp * truePositive + Math.max(0, negatives - fp) * trueNegative) /
    all;
  let [least, at, found, alarmed] = [costAt(0, 0), counts.scores.length, 0, 0];
  let [tp, fp] = [0, 0];
  for (let i = counts.scores.length - 1; i >= 0; i--) {
    tp += counts.positives[i]!;
    fp += counts.negatives[i]!;
    const cost = costAt(tp, fp);
    if (!(cost < least)) continue;
    [least, at, found, alarmed] = [cost, i, tp, fp];
  }
  const threshold = at === counts.scores.length ? Number.POSITIVE_INFINITY : lowOf(counts, at);
  const cells = { tp: found, fp: alarmed, fn: Math.max(0, positives - found), tn: Math.max(0, negatives - alarmed) };
  return { value: { threshold, counts: cells, cost: meanCost(cells, costs) } };
}
