import type { Found } from '../accuracy/found.ts';
import { labelWeights, type ScoredCounts } from '../accuracy/scored-counts.ts';
import { allThresholds } from '../accuracy/threshold-counts.ts';
import { selectedShare } from './selected-share.ts';

export interface EqualisingThreshold {
  /** Infinity where nobody of the group would be selected. */
  threshold: number;
  /** Share of the group with score ≥ `threshold`. */
  selected: number;
  /** The gap that is left at it, group − rest: not 0 where rows of equal score, or of one bin, cannot be told apart. */
  left: number;
  /** Bounds what merged bins may hide of `left`. */
  error?: number;
}

/** Shares nearer to each other than this are equal: they differ by rounding alone. */
const ROUNDING = 1e-12;

/**
 * The threshold at which the group's selection rate comes nearest to the rate the rest has at `threshold`; the rest keeps its own. It is `threshold`
 * itself if no other comes nearer, else one of the group's scores (the lowest of a merged bin), of two equally near the lower, which selects more; or
 * Infinity. By going through all thresholds that tell rows of the group apart, exact at each. The distance to `threshold` is the gap in units of
 * the score. It is what would have to change, not a proposal: thresholds by group can be unlawful. Null where a side has no rows, and for a
 * threshold that is not a number. Thresholds by group for demographic parity: Hardt, Price & Srebro (2016), Equality of
 * opportunity in supervised learning.
 */
export function equalisingThreshold(group: ScoredCounts, rest: ScoredCounts, threshold: number): Found<EqualisingThreshold> {
  const { all } = labelWeights(group);
  if (!(all > 0)) return { value: null, reason: 'no rows in the group' };
  if (!(labelWeights(rest).all > 0)) return { value: null, reason: 'no rows in the rest' };
  if (Number.isNaN(threshold)) return { value: null, reason: 'no threshold' };
  const [now, goal] = [selectedShare(group, threshold), selectedShare(rest, threshold)];
  const distance = (share: number): number => Math.abs(share - goal.share);
  let nearest: { threshold: number; share: number } | null = null;
  for (const { threshold: other, counts } of allThresholds(group)) {
    const share = (counts.tp + counts.fp) / all;
    if (nearest === null || distance(share) <= distance(nearest.share) + ROUNDING) nearest = { threshold: other, share };
  }
  const moved = distance(nearest!.share) < distance(now.share) - ROUNDING;
  const found = moved ? nearest! : { threshold, share: now.share };
  const merged = goal.error !== undefined || (!moved && now.error !== undefined);
  const error = merged ? { error: (goal.error ?? 0) + (moved ? 0 : (now.error ?? 0)) } : {};
  return { value: { threshold: found.threshold, selected: found.share, left: found.share - goal.share, ...error } };
}
