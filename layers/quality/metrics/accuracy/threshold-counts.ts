import { type ConfusionCounts, noCounts } from './confusion-counts.ts';
import { highOf, labelWeights, lowOf, type ScoredCounts } from './scored-counts.ts';

/** Counts at a threshold, and the weight by label of rows in merged bins that may stand on its other side (0 where exact). */
export interface ThresholdCounts {
  threshold: number;
  counts: ConfusionCounts;
  uncertain: { positives: number; negatives: number };
}

/** What predicting positive at score ≥ threshold gives. A merged bin with scores on both sides goes whole where its mean goes. */
export function countsAt(counts: ScoredCounts, threshold: number): ThresholdCounts {
  const cells = noCounts();
  const uncertain = { positives: 0, negatives: 0 };
  for (let i = 0; i < counts.scores.length; i++) {
    const positive = counts.scores[i]! >= threshold;
    cells[positive ? 'tp' : 'fn'] += counts.positives[i]!;
    cells[positive ? 'fp' : 'tn'] += counts.negatives[i]!;
    if (lowOf(counts, i) < threshold && threshold <= highOf(counts, i)) {
      uncertain.positives += counts.positives[i]!;
      uncertain.negatives += counts.negatives[i]!;
    }
  }
  return { threshold, counts: cells, uncertain };
}

/**
 * Counts at every threshold that tells rows apart, exact for merged bins too: Infinity (nothing positive), then each distinct score, or the lowest
 * of each merged bin, downwards. Equal rows stay together.
 */
export function allThresholds(counts: ScoredCounts): { threshold: number; counts: ConfusionCounts }[] {
  const { positives, negatives } = labelWeights(counts);
  const steps = [{ threshold: Number.POSITIVE_INFINITY, counts: { tp: 0, fp: 0, fn: positives, tn: negatives } }];
  let tp = 0;
  let fp = 0;
  for (let i = counts.scores.length - 1; i >= 0; i--) {
    tp += counts.positives[i]!;
    fp += counts.negatives[i]!;
    const rest = i === 0 ? { fn: 0, tn: 0 } : { fn: Math.max(0, positives - tp), tn: Math.max(0, negatives - fp) };
    steps.push({ threshold: lowOf(counts, i), counts: { tp, fp, ...rest } });
  }
  return steps;
}
