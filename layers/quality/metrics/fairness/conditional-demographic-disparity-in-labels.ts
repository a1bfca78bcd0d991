import type { Outcome } from '../outcome.ts';
import { conditionalDemographicDisparity } from './conditional-demographic-disparity.ts';
import type { Split } from './cross-table.ts';
import { labelsOf } from './group-counts.ts';
import type { Reading } from './reading.ts';

/**
 * CDDL, conditional demographic disparity in labels: the conditional demographic disparity of the labels, positive ones being the accepted.
 * Range [−1, 1]; positive when the facet is a larger part of the refused than of the accepted. Null as said there.
 */
export const conditionalDemographicDisparityInLabels = (split: Split, reading: Reading = 'default'): Outcome =>
  conditionalDemographicDisparity(split, reading, 'labels', labelsOf);
