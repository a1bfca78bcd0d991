import { areProbabilities, labelWeights, once, type ScoredCounts } from '../accuracy/scored-counts.ts';
import type { Spread } from './performance-metric.ts';

/** Σ of the squared errors, and of their squares. */
const lossSums = once((counts) => {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < counts.scores.length; i++) {
    const score = counts.scores[i]!;
    const [ofPositive, ofNegative] = [(1 - score) ** 2, score ** 2];
    sum += counts.positives[i]! * ofPositive + counts.negatives[i]! * ofNegative;
    squares += counts.positives[i]! * ofPositive ** 2 + counts.negatives[i]! * ofNegative ** 2;
  }
  return { sum, squares };
});

/** Mean squared error of the scores (Brier) with the variance of that mean over rows. Null without rows or with scores outside 0 to 1. */
export function lossSpread(counts: ScoredCounts, scale: number): Spread | null {
  const { all } = labelWeights(counts);
  const rows = all * scale;
  if (!(rows > 1) || !areProbabilities(counts)) return null;
  const { sum, squares } = lossSums(counts);
  const value = sum / all;
  return { value, variance: Math.max(0, squares / all - value * value) / (rows - 1), freedom: rows - 1 };
}
