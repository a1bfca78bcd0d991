import { type GroupCounts, judgedWeight, labelsOf, predictionsOf } from './group-counts.ts';
import type { Fraction } from './reading.ts';

/** How a rate is counted, what it lacks where it has no value, and which end is better for the group, a positive prediction being the good one. */
interface RateRule {
  fraction: (counts: GroupCounts) => Fraction;
  lack: string;
  better: 'high' | 'low';
}

const rule = (better: 'high' | 'low', lack: string, fraction: (counts: GroupCounts) => Fraction): RateRule => ({ fraction, lack, better });

const ofLabels = { positive: 'no positive labels', negative: 'no negative labels' };
const ofPredictions = { positive: 'no positive predictions', negative: 'no negative predictions' };

/** Every rate of a group: its part and its whole. */
export const RATES = {
  selection_rate: rule('high', 'no predictions', (counts) => {
    const { positive, negative } = predictionsOf(counts);
    return [positive, positive + negative];
  }),
  base_rate: rule('high', 'no labels', (counts) => {
    const { positive, negative } = labelsOf(counts);
    return [positive, positive + negative];
  }),
  true_positive_rate: rule('high', ofLabels.positive, ({ tp, fn }) => [tp, tp + fn]),
  false_positive_rate: rule('low', ofLabels.negative, ({ fp, tn }) => [fp, fp + tn]),
  true_negative_rate: rule('high', ofLabels.negative, ({ fp, tn }) => [tn, fp + tn]),
  false_negative_rate: rule('low', ofLabels.positive, ({ tp, fn }) => [fn, tp + fn]),
  precision: rule('high', ofPredictions.positive, ({ tp, fp }) => [tp, tp + fp]),
  negative_predictive_value: rule('high', ofPredictions.negative, ({ fn, tn }) => [tn, fn + tn]),
  false_discovery_rate: rule('low', ofPredictions.positive, ({ tp, fp }) => [fp, tp + fp]),
  false_omission_rate: rule('low', ofPredictions.negative, ({ fn, tn }) => [fn, fn + tn]),
  accuracy: rule('high', 'no rows with label and prediction', (counts) => [counts.tp + counts.tn, judgedWeight(counts)]),
  error_rate: rule('low', 'no rows with label and prediction', (counts) => [counts.fp + counts.fn, judgedWeight(counts)]),
  false_negatives_to_false_positives: rule('low', 'no false positives', ({ fp, fn }) => [fn, fp]),
} as const satisfies Record<string, RateRule>;

export type RateName = keyof typeof RATES;
