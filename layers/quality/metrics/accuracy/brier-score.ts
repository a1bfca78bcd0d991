import type { Outcome } from '../outcome.ts';
import { meanLoss } from './mean-loss.ts';
import type { ScoredCounts } from './scored-counts.ts';

/**
 * Weighted mean of (score − label)², label 0 or 1. Range [0, 1]; ¼ for a constant ½; merged bins carry an error; null without rows or with
 * scores outside 0 to 1. Brier (1950); his sum over both classes is twice this.
 */
export const brierScore = (counts: ScoredCounts): Outcome =>
  meanLoss(
    counts,
    (score) => (1 - score) * (1 - score),
    (score) => score * score,
  );
