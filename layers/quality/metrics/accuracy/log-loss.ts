import type { Outcome } from '../outcome.ts';
import { meanLoss } from './mean-loss.ts';
import type { ScoredCounts } from './scored-counts.ts';

/** Scores are kept this far from 0 and 1, as scikit-learn does for doubles: a certain and wrong score costs 36.04. */
export const LEAST_PROBABILITY = 2 ** -52;

export const clipped = (score: number): number => Math.min(1 - LEAST_PROBABILITY, Math.max(LEAST_PROBABILITY, score));

/**
 * Cross-entropy of labels and scores: −mean of ln s for positives and ln(1 − s) for negatives, natural logarithm, scores clipped. Range [0, 36.05];
 * ln 2 for a constant ½; merged bins carry an error; null without rows or with scores outside 0 to 1. Good (1952).
 */
export const logLoss = (counts: ScoredCounts): Outcome =>
  meanLoss(
    counts,
    (score) => -Math.log(clipped(score)),
    (score) => -Math.log(1 - clipped(score)),
  );
