import type { Outcome } from '../outcome.ts';
import { type GapOptions, rateDifference } from './group-gap.ts';
import type { Groups } from './group-rate.ts';

/**
 * Largest − smallest true positive rate of the groups. Range [0, 1]; 0 for parity. Null with fewer than two groups with positive labels: a group
 * without any is left out, where Fairlearn takes its rate for 0. Hardt, Price & Srebro (2016).
 */
export const equalOpportunityDifference = (groups: Groups, options: GapOptions = {}): Outcome =>
  rateDifference(groups, 'true_positive_rate', options);
