import { type LabelDistance, normOfDifference, ofShares } from './label-shares.ts';

/**
 * KS, Kolmogorov–Smirnov distance in labels, as Clarify names it: the largest |pₐ − p_d| of a class (of shares, not of distribution functions).
 * Range [0, 1]; for two classes |DPL|. Null when a side has no labels; Clarify leaves out classes a side lacks. Das et al. (2021).
 */
export const kolmogorovSmirnovDistanceInLabels: LabelDistance = (rest, facet, reading = 'default') =>
  ofShares(rest, facet, reading, (p, q) => normOfDifference(p, q, Number.POSITIVE_INFINITY));
