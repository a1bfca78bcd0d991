import type { Outcome } from '../outcome.ts';
import type { Split } from './cross-table.ts';
import { type Reading, sideDifference } from './reading.ts';

/**
 * DCA, difference in conditional acceptance: cₐ − c_d, c = positive labels/positive predictions of the rows with both. Range (−∞, ∞). Null when a
 * side has no positive predictions; Clarify has c = 0 there without positive labels, else ∞. Das et al. (2021).
 */
export const differenceInConditionalAcceptance = (split: Split, reading: Reading = 'default'): Outcome =>
  sideDifference(split, reading, 'no positive predictions', ({ tp, fp, fn }) => [tp + fn, tp + fp]);
