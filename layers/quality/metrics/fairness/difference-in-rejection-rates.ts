import type { Outcome } from '../outcome.ts';
import type { Split } from './cross-table.ts';
import { type Reading, sideDifference } from './reading.ts';

/**
 * DRR, difference in rejection rates: NPV_d − NPVₐ, NPV = TN/(TN + FN). Range [−1, 1]. Null when a side has no negative predictions; Clarify has
 * NPV = 0 there. Das et al. (2021).
 */
export const differenceInRejectionRates = (split: Split, reading: Reading = 'default'): Outcome =>
  sideDifference(split, reading, 'no negative predictions', ({ fn, tn }) => [tn, fn + tn], 'facet − rest');
