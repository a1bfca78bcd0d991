import { normalSf } from '../../math/normal.ts';
import { NO_ROWS } from '../outcome.ts';
import { type Found, NOT_PROBABILITIES } from './found.ts';
import { areProbabilities, type ScoredCounts } from './scored-counts.ts';

/**
 * Spiegelhalter's test of calibration: z = Σ (y − s)(1 − 2s)/√(Σ (1 − 2s)² s(1 − s)), standard normal when every score is the true probability;
 * two-sided p. Needs no bins. Weights count as rows; merged bins stand at their means. Null without rows, with scores outside 0 to 1, or
 * where every score is 0, ½ or 1. Spiegelhalter (1986), doi:10.1002/sim.4780050506.
 */
export function spiegelhalterTest(counts: ScoredCounts): Found<{ z: number; p: number }> {
  if (counts.scores.length === 0) return { value: null, reason: NO_ROWS };
  if (!areProbabilities(counts)) return { value: null, reason: NOT_PROBABILITIES };
  let sum = 0;
  let variance = 0;
  for (let i = 0; i < counts.scores.length; i++) {
    const score = counts.scores[i]!;
    const slope = 1 - 2 * score;
    sum += slope * (counts.positives[i]! * (1 - score) - counts.negatives[i]! * score);
    variance += slope ** 2 * score * (1 - score) * (counts.positives[i]! + counts.negatives[i]!);
  }
  if (!(variance > 0)) return { value: null, reason: 'all scores are 0, 0.5 or 1' };
  const z = sum / Math.sqrt(variance);
  return { value: { z, p: 2 * normalSf(Math.abs(z)) } };
}
