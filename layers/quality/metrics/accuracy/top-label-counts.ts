import type { ClassProbabilities } from './class-probabilities.ts';
import { type ScoredCounts, scoredCounts } from './scored-counts.ts';

/**
 * Rows by their confidence, the highest probability of any class: positive where that class, the first of equal ones, is the label. The calibration error of
 * these counts is that of the top label, 0 where of all rows with a confidence of p a share p is right. Range of the confidence [1/classes, 1] of probabilities
 * that sum to 1. Guo et al. (2017), arXiv:1706.04599.
 */
export function topLabelCounts({ classes, labels, probabilities, weights }: ClassProbabilities): ScoredCounts {
  const [confidence, right] = [new Float64Array(labels.length), new Uint8Array(labels.length)];
  for (let i = 0; i < labels.length; i++) {
    let top = 0;
    for (let k = 1; k < classes; k++) if (probabilities[i * classes + k]! > probabilities[i * classes + top]!) top = k;
    confidence[i] = probabilities[i * classes + top]!;
    right[i] = labels[i] === top ? 1 : 0;
  }
  return scoredCounts(confidence, right, weights);
}
