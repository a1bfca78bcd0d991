import type { Outcome } from '../outcome.ts';
import type { Split } from './cross-table.ts';
import { judgedWeight } from './group-counts.ts';
import { type Reading, sideDifference } from './reading.ts';

/**
 * AD, accuracy difference: ACCₐ − ACC_d, ACC = (TP + TN)/n over the rows with a label and a prediction. Range [−1, 1]; positive when the facet is
 * judged less accurately. Null when a side has no such rows. Das et al. (2021).
 */
export const accuracyDifference = (split: Split, reading: Reading = 'default'): Outcome =>
  sideDifference(split, reading, 'no rows with label and prediction', (side) => [side.tp + side.tn, judgedWeight(side)]);
