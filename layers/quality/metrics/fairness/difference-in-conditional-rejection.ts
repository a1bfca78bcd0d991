import type { Outcome } from '../outcome.ts';
import type { Split } from './cross-table.ts';
import { type Reading, sideDifference } from './reading.ts';

/**
 * DCR, difference in conditional rejection: r_d − rₐ, r = negative labels/negative predictions of the rows with both. Range (−∞, ∞). Null when a
 * side has no negative predictions; Clarify has r = 0 there without negative labels, else ∞. Das et al. (2021).
 */
export const differenceInConditionalRejection = (split: Split, reading: Reading = 'default'): Outcome =>
  sideDifference(split, reading, 'no negative predictions', ({ fp, fn, tn }) => [fp + tn, fn + tn], 'facet − rest');
