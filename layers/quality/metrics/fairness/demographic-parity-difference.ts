import type { Outcome } from '../outcome.ts';
import { type GapOptions, rateDifference } from './group-gap.ts';
import type { Groups } from './group-rate.ts';

/**
 * Largest − smallest selection rate of the groups. Range [0, 1]; 0 for parity. Null with fewer than two groups with predictions. Fairlearn.
 */
export const demographicParityDifference = (groups: Groups, options: GapOptions = {}): Outcome =>
  rateDifference(groups, 'selection_rate', options);
