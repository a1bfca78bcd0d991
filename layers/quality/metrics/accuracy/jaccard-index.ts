import type { Outcome } from '../outcome.ts';
import { type ConfusionCounts, shareOf } from './confusion-counts.ts';

/** tp/(tp + fp + fn), critical success index. Range [0, 1]; null where nothing is positive, labelled or predicted. Jaccard (1901). */
export const jaccardIndex = ({ tp, fp, fn }: ConfusionCounts): Outcome => shareOf(tp, fp + fn, 'no positives, labelled or predicted');
