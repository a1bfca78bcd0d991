import { type LabelDistance, normOfDifference, ofShares } from './label-shares.ts';

/**
 * LP, L-p norm in labels, p = 2: √(Σ (pₐ − p_d)²) over the shares of each class. Range [0, √2]; 0 for equal. Null when a side has no labels; Clarify
 * leaves out classes a side lacks. Das et al. (2021).
 */
export const lpNormInLabels: LabelDistance = (rest, facet, reading = 'default') =>
  ofShares(rest, facet, reading, (p, q) => normOfDifference(p, q, 2));
