import type { Outcome } from '../outcome.ts';
import { type ConfusionCounts, shareOf } from './confusion-counts.ts';

/**
 * Weighted harmonic mean of precision and recall, recall β times as important: (1 + β²)tp/((1 + β²)tp + β²fn + fp). Range [0, 1]; 0 where
 * nothing is hit; null only where nothing is positive, labelled or predicted (scikit-learn: 0). Van Rijsbergen (1979), Information Retrieval.
 */
export const fBeta = ({ tp, fp, fn }: ConfusionCounts, beta: number): Outcome =>
  shareOf((1 + beta * beta) * tp, beta * beta * fn + fp, 'no positives, labelled or predicted');

export const f05 = (counts: ConfusionCounts): Outcome => fBeta(counts, 0.5);
export const f1 = (counts: ConfusionCounts): Outcome => fBeta(counts, 1);
export const f2 = (counts: ConfusionCounts): Outcome => fBeta(counts, 2);
