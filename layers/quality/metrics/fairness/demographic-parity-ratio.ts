import type { Outcome } from '../outcome.ts';
import { type GapOptions, rateRatio } from './group-gap.ts';
import type { Groups } from './group-rate.ts';

/**
 * Smallest/largest selection rate of the groups. Range [0, 1]; 1 for parity, below 0.8 the four-fifths rule is broken. Null with fewer than two groups
 * with predictions, or if nobody is chosen. Fairlearn.
 */
export const demographicParityRatio = (groups: Groups, options: GapOptions = {}): Outcome => rateRatio(groups, 'selection_rate', options);
