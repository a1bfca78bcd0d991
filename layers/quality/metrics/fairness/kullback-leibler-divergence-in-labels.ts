import { noValue } from '../outcome.ts';
import { type LabelDistance, ofShares } from './label-shares.ts';

/**
 * KL, Kullback–Leibler divergence in labels: Σ pₐ ln(pₐ/p_d), natural logarithm, p the shares of each class. Range [0, ∞); 0 for equal. Null when a
 * side has no labels, or the facet lacks a class the others have (it is infinite); Clarify leaves such classes out and can be negative.
 * Kullback & Leibler (1951).
 */
export const kullbackLeiblerDivergenceInLabels: LabelDistance = (rest, facet, reading = 'default') =>
  ofShares(rest, facet, reading, (p, q) => {
    if (p.some((share, i) => share > 0 && q[i] === 0)) return noValue('infinite: a class has no labels in the facet');
    const sum = p.reduce((left, share, i) => left + (share > 0 ? share * Math.log(share / q[i]!) : 0), 0);
    return reading === 'clarify' ? sum : Math.max(0, sum);
  });
