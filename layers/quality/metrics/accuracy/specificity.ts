import type { Outcome } from '../outcome.ts';
import { type ConfusionCounts, shareOf } from './confusion-counts.ts';

const NO_NEGATIVES = 'no negative labels';

/** True negative rate, tn/(tn + fp). Range [0, 1]; null without negative labels. */
export const specificity = ({ tn, fp }: ConfusionCounts): Outcome => shareOf(tn, fp, NO_NEGATIVES);

/** fp/(tn + fp), 1 − specificity. Range [0, 1]; null without negative labels. */
export const falsePositiveRate = ({ tn, fp }: ConfusionCounts): Outcome => shareOf(fp, tn, NO_NEGATIVES);
