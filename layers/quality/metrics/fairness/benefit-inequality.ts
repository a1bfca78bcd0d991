import type { Outcome } from '../outcome.ts';
import { type Benefit, benefitsOf, entropyOfBenefits } from './generalized-entropy.ts';
import { judgedWeight, sumCounts } from './group-counts.ts';
import type { Groups } from './group-rate.ts';

/** Theil's index of benefits: the mean of (b/μ) ln(b/μ), b = prediction − label + 1. Range [0, ln n]; null without benefit. Speicher et al. (2018). */
export const theilIndex = (groups: Groups): Outcome => entropyOfBenefits(benefitsOf(sumCounts(groups.values())), 1);

/**
 * The part of the inequality of benefits that lies between groups: the same index with every row's benefit replaced by its group's mean; α = 2 for
 * generalized entropy, 1 for Theil's. Range [0, index of the rows]; null without benefit. Speicher et al. (2018).
 */
export function betweenGroupEntropy(groups: Groups, alpha: 1 | 2): Outcome {
  const judged = [...groups.values()].filter((counts) => judgedWeight(counts) > 0);
  const means = judged.map((counts): Benefit => {
    const weight = judgedWeight(counts);
    return [(counts.tp + counts.tn + 2 * counts.fp) / weight, weight];
  });
  return entropyOfBenefits(means, alpha);
}
