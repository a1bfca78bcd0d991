import type { Outcome } from '../outcome.ts';
import type { Split } from './cross-table.ts';
import { predictionsOf } from './group-counts.ts';
import { type Reading, sideDifference } from './reading.ts';

/**
 * DPPL, difference in positive proportions in predicted labels: q̂ₐ − q̂_d, q̂ the share of positive predictions. Range [−1, 1]; positive when the
 * facet is chosen less often. Null when a side has no predictions. Das et al. (2021); demographic parity with a sign.
 */
export const differenceInPositiveProportionsInPredictedLabels = (split: Split, reading: Reading = 'default'): Outcome =>
  sideDifference(split, reading, 'no predictions', (side) => {
    const { positive, negative } = predictionsOf(side);
    return [positive, positive + negative];
  });
