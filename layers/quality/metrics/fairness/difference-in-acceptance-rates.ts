import type { Outcome } from '../outcome.ts';
import type { Split } from './cross-table.ts';
import { type Reading, sideDifference } from './reading.ts';

/**
 * DAR, difference in acceptance rates: PPVₐ − PPV_d, PPV = TP/(TP + FP), the precision. Range [−1, 1]. Null when a side has no positive
 * predictions; Clarify has PPV = 0 there. Das et al. (2021); predictive parity with a sign.
 */
export const differenceInAcceptanceRates = (split: Split, reading: Reading = 'default'): Outcome =>
  sideDifference(split, reading, 'no positive predictions', ({ tp, fp }) => [tp, tp + fp]);
