import { noValue, type Outcome } from '../outcome.ts';
import type { ConfusionCounts } from './confusion-counts.ts';
import { ONE_CLASS } from './found.ts';
import { recall } from './recall.ts';
import { specificity } from './specificity.ts';

/** √(recall · specificity). Range [0, 1]; null with labels of one class. Kubat & Matwin (1997). */
export function geometricMean(counts: ConfusionCounts): Outcome {
  const hit = recall(counts).value;
  const spared = specificity(counts).value;
  return hit === null || spared === null ? noValue(ONE_CLASS) : { value: Math.sqrt(hit * spared) };
}
