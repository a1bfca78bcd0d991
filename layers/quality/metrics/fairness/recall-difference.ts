import type { Outcome } from '../outcome.ts';
import type { Split } from './cross-table.ts';
import { type Reading, sideDifference } from './reading.ts';

/**
 * RD, recall difference: TPRₐ − TPR_d, TPR = TP/(TP + FN). Range [−1, 1]; positive when more of the facet's positives are missed. Null when a side
 * has no positive labels; Clarify has TPR = 0 there. Hardt, Price & Srebro (2016), equal opportunity.
 */
export const recallDifference = (split: Split, reading: Reading = 'default'): Outcome =>
  sideDifference(split, reading, 'no positive labels', ({ tp, fn }) => [tp, tp + fn]);
