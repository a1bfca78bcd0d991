import type { Outcome } from '../outcome.ts';
import type { Split } from './cross-table.ts';
import { type Reading, sideDifference } from './reading.ts';

/**
 * SD, specificity difference: TNR_d − TNRₐ, TNR = TN/(TN + FP). Range [−1, 1]; negative when the facet has more false positives. Null when a side
 * has no negative labels; Clarify has TNR = 0 there. Das et al. (2021).
 */
export const specificityDifference = (split: Split, reading: Reading = 'default'): Outcome =>
  sideDifference(split, reading, 'no negative labels', ({ fp, tn }) => [tn, fp + tn], 'facet − rest');
