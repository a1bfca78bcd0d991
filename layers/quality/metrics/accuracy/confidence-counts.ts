import type { ScoredCounts } from './scored-counts.ts';

/**
 * The multiclass habit applied to two classes: score = confidence, max(s, 1 − s); positive = the prediction (s ≥ threshold) is right. Its
 * calibration error is that of the confidence, not of the score. Distinct scores only; entries are ordered and folded again.
 */
export function confidenceCounts({ scores, positives, negatives, lows }: ScoredCounts, threshold = 0.5): ScoredCounts {
  if (lows !== undefined) throw new Error('Confidence needs each distinct score.');
  const byConfidence = new Map<number, { right: number; wrong: number }>();
  for (let i = 0; i < scores.length; i++) {
    const confidence = Math.max(scores[i]!, 1 - scores[i]!);
    const at = byConfidence.get(confidence) ?? { right: 0, wrong: 0 };
    const predicted = scores[i]! >= threshold;
    at.right += (predicted ? positives : negatives)[i]!;
    at.wrong += (predicted ? negatives : positives)[i]!;
    byConfidence.set(confidence, at);
  }
  const sorted = [...byConfidence].sort(([a], [b]) => a - b);
  return {
    scores: sorted.map(([confidence]) => confidence),
    positives: sorted.map(([, { right }]) => right),
    negatives: sorted.map(([, { wrong }]) => wrong),
  };
}
