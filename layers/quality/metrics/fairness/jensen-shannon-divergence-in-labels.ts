import { type LabelDistance, ofShares } from './label-shares.ts';

/** x ln(x/m), 0 for x = 0. */
const term = (x: number, m: number): number => (x > 0 ? x * Math.log(x / m) : 0);

/**
 * JS, Jensen–Shannon divergence in labels: ½ [KL(pₐ, m) + KL(p_d, m)], m the mean of the shares, natural logarithm (not the base-2 distance of
 * `jensen_shannon_distance`). Range [0, ln 2]; 0 for equal. Null when a side has no labels; Clarify leaves out classes a side lacks. Lin (1991).
 */
export const jensenShannonDivergenceInLabels: LabelDistance = (rest, facet, reading = 'default') =>
  ofShares(rest, facet, reading, (p, q) => {
    const sum = p.reduce((left, share, i) => left + term(share, (share + q[i]!) / 2) + term(q[i]!, (share + q[i]!) / 2), 0);
    return reading === 'clarify' ? sum / 2 : Math.min(Math.LN2, Math.max(0, sum / 2));
  });
