import { delong } from './delong.ts';
import { type DifferenceTest, differenceTest } from './difference-test.ts';
import { noEstimate } from './interval.ts';
import type { LabelledScores } from './labelled-scores.ts';

/**
 * Difference of two ROC AUCs on different rows (two groups, two windows), first less second: d ± z√(V₁ + V₂) with DeLong's variances, and the
 * two-sided p of d/√(V₁ + V₂). Range [−1, 1]; null where an AUC is, no interval where either has none (a variance of 0 is not certainty).
 */
export function delongUnpaired(first: LabelledScores, second: LabelledScores, confidence = 0.95): DifferenceTest {
  const [a, b] = [delong(first, confidence), delong(second, confidence)];
  const difference = a.value === null || b.value === null ? null : a.value - b.value;
  const variance = a.variance === null || b.variance === null ? null : a.variance + b.variance;
  const missing = a.interval === null ? a : b.interval === null ? b : null;
  if (difference !== null && variance !== null && missing === null) return differenceTest(difference, variance, confidence);
  return { ...noEstimate(missing?.reason ?? '', difference), variance, z: null, p: null };
}
