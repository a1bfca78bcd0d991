import type { Outcome } from '../outcome.ts';
import { accuracyDifference } from './accuracy-difference.ts';
import { classImbalance } from './class-imbalance.ts';
import { conditionalDemographicDisparityInLabels } from './conditional-demographic-disparity-in-labels.ts';
import { conditionalDemographicDisparityInPredictedLabels } from './conditional-demographic-disparity-in-predicted-labels.ts';
import type { Split } from './cross-table.ts';
import { differenceInAcceptanceRates } from './difference-in-acceptance-rates.ts';
import { differenceInConditionalAcceptance } from './difference-in-conditional-acceptance.ts';
import { differenceInConditionalRejection } from './difference-in-conditional-rejection.ts';
import { differenceInPositiveProportionsInLabels } from './difference-in-positive-proportions-in-labels.ts';
import { differenceInPositiveProportionsInPredictedLabels } from './difference-in-positive-proportions-in-predicted-labels.ts';
import { differenceInRejectionRates } from './difference-in-rejection-rates.ts';
import { disparateImpact } from './disparate-impact.ts';
import { generalizedEntropy } from './generalized-entropy.ts';
import { jensenShannonDivergenceInLabels } from './jensen-shannon-divergence-in-labels.ts';
import { kolmogorovSmirnovDistanceInLabels } from './kolmogorov-smirnov-distance-in-labels.ts';
import { kullbackLeiblerDivergenceInLabels } from './kullback-leibler-divergence-in-labels.ts';
import { ofSplit } from './label-shares.ts';
import { lpNormInLabels } from './lp-norm-in-labels.ts';
import type { Reading } from './reading.ts';
import { recallDifference } from './recall-difference.ts';
import { specificityDifference } from './specificity-difference.ts';
import { totalVariationDistanceInLabels } from './total-variation-distance-in-labels.ts';
import { treatmentEquality } from './treatment-equality.ts';

/** One of Clarify's metrics; the flip test alone needs rows and has no function of counts. */
export interface ClarifyMetric {
  code: string;
  name: string;
  /** As analysis.json describes it, misspellings and all. */
  description: string;
  stage: 'pre_training' | 'post_training';
  compute: ((split: Split, reading?: Reading) => Outcome) | null;
}

type Row = [code: string, name: string, title: string, compute: ClarifyMetric['compute']];
const PRE: Row[] = [
  [
    'CDDL',
    'conditional_demographic_disparity_in_labels',
    'Conditional Demographic Disparity in Labels',
    conditionalDemographicDisparityInLabels,
  ],
  ['CI', 'class_imbalance', 'Class Imbalance', classImbalance],
  [
    'DPL',
    'difference_in_positive_proportions_in_labels',
    'Difference in Positive Proportions in Labels',
    differenceInPositiveProportionsInLabels,
  ],
  ['JS', 'jensen_shannon_divergence_in_labels', 'Jensen-Shannon Divergence', ofSplit(jensenShannonDivergenceInLabels)],
  ['KL', 'kullback_leibler_divergence_in_labels', 'Kullback-Liebler Divergence', ofSplit(kullbackLeiblerDivergenceInLabels)],
  ['KS', 'kolmogorov_smirnov_distance_in_labels', 'Kolmogorov-Smirnov Distance', ofSplit(kolmogorovSmirnovDistanceInLabels)],
  ['LP', 'lp_norm_in_labels', 'L-p Norm', ofSplit(lpNormInLabels)],
  ['TVD', 'total_variation_distance_in_labels', 'Total Variation Distance', ofSplit(totalVariationDistanceInLabels)],
];
const POST: Row[] = [
  ['AD', 'accuracy_difference', 'Accuracy Difference', accuracyDifference],
  [
    'CDDPL',
    'conditional_demographic_disparity_in_predicted_labels',
    'Conditional Demographic Disparity in Predicted Labels',
    conditionalDemographicDisparityInPredictedLabels,
  ],
  ['DAR', 'difference_in_acceptance_rates', 'Difference in Acceptance Rates', differenceInAcceptanceRates],
  ['DCA', 'difference_in_conditional_acceptance', 'Difference in Conditional Acceptance', differenceInConditionalAcceptance],
  ['DCR', 'difference_in_conditional_rejection', 'Difference in Conditional Rejection', differenceInConditionalRejection],
  ['DI', 'disparate_impact', 'Disparate Impact', disparateImpact],
  [
    'DPPL',
    'difference_in_positive_proportions_in_predicted_labels',
    'Difference in Positive Proportions in Predicted Labels',
    differenceInPositiveProportionsInPredictedLabels,
  ],
  ['DRR', 'difference_in_rejection_rates', 'Difference in Rejection Rates', differenceInRejectionRates],
  ['FT', 'counterfactual_flip_test', 'Flip Test', null],
  ['GE', 'generalized_entropy', 'Generalized Entropy', generalizedEntropy],
  ['RD', 'recall_difference', 'Recall Difference', recallDifference],
  ['SD', 'specificity_difference', 'Specificity Difference', specificityDifference],
  ['TE', 'treatment_equality', 'Treatment Equality', treatmentEquality],
];
const metric =
  (stage: ClarifyMetric['stage']) =>
  ([code, name, title, compute]: Row): ClarifyMetric => ({ code, name, description: `${title} (${code})`, stage, compute });

/** All 21, by stage and code, as Clarify lists them. */
export const CLARIFY_METRICS: readonly ClarifyMetric[] = [...PRE.map(metric('pre_training')), ...POST.map(metric('post_training'))];
