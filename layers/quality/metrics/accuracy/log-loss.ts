import { clipProbability } from '../../math/clip-probability.ts';
import type { Outcome } from '../outcome.ts';
import { meanLoss } from './mean-loss.ts';
import type { ScoredCounts } from './scored-counts.ts';

/**
 * Cross-entropy of labels and scores: −mean of ln s for positives and ln(1 − s) for negatives, natural logarithm, scores clipped. Range [0, 36.05];
 * ln 2 for a constant ½; merged bins carry an error; null without rows or with scores outside 0 to 1. Good (1952).
 */
export const logLoss = (counts: ScoredCounts): Outcome =>
  meanLoss(
    counts,
    (score) => -Math.log(clipProbability(score)),
    (score) => -Math.log(1 - clipProbability(score)),
  );
