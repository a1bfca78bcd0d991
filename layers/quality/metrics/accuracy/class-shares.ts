import { NO_ROWS, type Outcome } from '../outcome.ts';
import { type ConfusionCounts, shareOf } from './confusion-counts.ts';

/** Share of rows labelled positive, the base rate. Range [0, 1]; null without rows. */
export const prevalence = ({ tp, fp, fn, tn }: ConfusionCounts): Outcome => shareOf(tp + fn, fp + tn, NO_ROWS);

/** Share of rows predicted positive. Range [0, 1]; null without rows. */
export const selectionRate = ({ tp, fp, fn, tn }: ConfusionCounts): Outcome => shareOf(tp + fp, fn + tn, NO_ROWS);
