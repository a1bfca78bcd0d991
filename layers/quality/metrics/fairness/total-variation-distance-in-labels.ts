import { type LabelDistance, normOfDifference, ofShares } from './label-shares.ts';

/**
 * TVD, total variation distance in labels: ½ Σ |pₐ − p_d| over the shares of each class. Range [0, 1]; for two classes |DPL|. Null when a side has no
 * labels; Clarify leaves out classes a side lacks, and halves what is left. Das et al. (2021).
 */
export const totalVariationDistanceInLabels: LabelDistance = (rest, facet, reading = 'default') =>
  ofShares(rest, facet, reading, (p, q) => normOfDifference(p, q, 1) / 2);
