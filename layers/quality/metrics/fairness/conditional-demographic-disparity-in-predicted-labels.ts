import type { Outcome } from '../outcome.ts';
import { conditionalDemographicDisparity } from './conditional-demographic-disparity.ts';
import type { Split } from './cross-table.ts';
import { predictionsOf } from './group-counts.ts';
import type { Reading } from './reading.ts';

/**
 * CDDPL, conditional demographic disparity in predicted labels: the conditional demographic disparity of the predictions, positive ones being the accepted.
 * Range [−1, 1]; positive when the facet is a larger part of the refused than of the accepted. Null as said there.
 */
export const conditionalDemographicDisparityInPredictedLabels = (split: Split, reading: Reading = 'default'): Outcome =>
  conditionalDemographicDisparity(split, reading, 'predictions', predictionsOf);
