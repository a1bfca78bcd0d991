import type { Outcome } from '../outcome.ts';
import { type ConfusionCounts, shareOf } from './confusion-counts.ts';

/** Positive predictive value, tp/(tp + fp). Range [0, 1]; null where nothing is predicted positive (scikit-learn: 0, with a warning). */
export const precision = ({ tp, fp }: ConfusionCounts): Outcome => shareOf(tp, fp, 'no positive predictions');

/** tn/(tn + fn). Range [0, 1]; null where nothing is predicted negative. */
export const negativePredictiveValue = ({ tn, fn }: ConfusionCounts): Outcome => shareOf(tn, fn, 'no negative predictions');
