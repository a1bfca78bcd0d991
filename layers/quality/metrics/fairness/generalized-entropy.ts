import { noValue, type Outcome } from '../outcome.ts';
import type { Split } from './cross-table.ts';
import { type GroupCounts, judgedWeight, sumCounts } from './group-counts.ts';
import type { Reading } from './reading.ts';

const CLARIFY_NO_BENEFIT = 'All predicted labels are false negatives. There should be at least one prediction that is not false negative.';

/** A benefit and the weight of the rows that have it. */
export type Benefit = [benefit: number, weight: number];

/** Each row's benefit, prediction − label + 1: 0 for false negatives, 1 for right ones, 2 for false positives. */
export const benefitsOf = ({ tp, fp, fn, tn }: GroupCounts): Benefit[] => [
  [0, fn],
  [1, tp + tn],
  [2, fp],
];

/** The generalized entropy of benefits: the mean of ((b/μ)^α − 1)/(α(α − 1)); of (b/μ) ln(b/μ) for α = 1, Theil's index. Null for no benefit at all. */
export function entropyOfBenefits(benefits: Benefit[], alpha: number): Outcome {
  const weight = benefits.reduce((sum, [, w]) => sum + w, 0);
  const mean = benefits.reduce((sum, [benefit, w]) => sum + benefit * w, 0) / weight;
  if (!(weight > 0)) return noValue('no rows with label and prediction');
  if (!(mean > 0)) return noValue('every row is a false negative');
  const term = (x: number): number => (alpha === 1 ? (x > 0 ? x * Math.log(x) : 0) : (x ** alpha - 1) / (alpha * (alpha - 1)));
  return { value: benefits.reduce((sum, [benefit, w]) => sum + (w > 0 ? w * term(benefit / mean) : 0), 0) / weight };
}

/**
 * GE, generalized entropy index, α = 2: (1/2n) Σ [(bᵢ/μ)² − 1], bᵢ = prediction − label + 1, of all rows with both, whatever the facet. Range [0, ∞)
 * (Clarify's documentation says 0.5, which many false negatives exceed); 0 when all rows benefit alike. Null without rows or when all are false
 * negatives. Speicher et al. (2018).
 */
export function generalizedEntropy(split: Split, reading: Reading = 'default'): Outcome {
  const all = sumCounts([split.facet, split.rest]);
  if (reading === 'clarify' && all.fn > 0 && all.fn === judgedWeight(all)) return noValue(CLARIFY_NO_BENEFIT);
  return entropyOfBenefits(benefitsOf(all), 2);
}
