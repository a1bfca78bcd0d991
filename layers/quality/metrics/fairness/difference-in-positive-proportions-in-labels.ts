import type { Outcome } from '../outcome.ts';
import type { Split } from './cross-table.ts';
import { labelsOf } from './group-counts.ts';
import { type Reading, sideDifference } from './reading.ts';

/**
 * DPL, difference in positive proportions in labels: qₐ − q_d, q the share of positive labels. Range [−1, 1]; positive when the facet has fewer of
 * them. Null when a side has no labels. Das et al. (2021).
 */
export const differenceInPositiveProportionsInLabels = (split: Split, reading: Reading = 'default'): Outcome =>
  sideDifference(split, reading, 'no labels', (side) => {
    const { positive, negative } = labelsOf(side);
    return [positive, positive + negative];
  });
