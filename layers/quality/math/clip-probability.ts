/** Probabilities are kept this far from 0 and 1, as scikit-learn does for doubles: one that is certain and wrong costs 36.04. */
export const LEAST_PROBABILITY = 2 ** -52;

export const clipProbability = (p: number): number => Math.min(1 - LEAST_PROBABILITY, Math.max(LEAST_PROBABILITY, p));
