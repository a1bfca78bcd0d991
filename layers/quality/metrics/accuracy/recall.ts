import type { Outcome } from '../outcome.ts';
import { type ConfusionCounts, shareOf } from './confusion-counts.ts';
import { NO_POSITIVES } from './found.ts';

/** True positive rate, sensitivity, tp/(tp + fn). Range [0, 1]; null without positive labels (scikit-learn: 0, with a warning). */
export const recall = ({ tp, fn }: ConfusionCounts): Outcome => shareOf(tp, fn, NO_POSITIVES);

/** fn/(tp + fn), 1 − recall. Range [0, 1]; null without positive labels. */
export const falseNegativeRate = ({ tp, fn }: ConfusionCounts): Outcome => shareOf(fn, tp, NO_POSITIVES);
