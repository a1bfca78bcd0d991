import type { Outcome } from '../outcome.ts';
import { type GapOptions, rateRatio } from './group-gap.ts';
import type { Groups } from './group-rate.ts';

/**
 * Smallest/largest true positive rate of the groups. Range [0, 1]; 1 for parity. Null with fewer than two groups with positive labels (a group without
 * any is left out), or if no positive is found in any. Hardt, Price & Srebro (2016).
 */
export const equalOpportunityRatio = (groups: Groups, options: GapOptions = {}): Outcome =>
  rateRatio(groups, 'true_positive_rate', options);
