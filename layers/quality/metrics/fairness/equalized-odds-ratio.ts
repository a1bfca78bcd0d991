import type { Outcome } from '../outcome.ts';
import { type GapOptions, rateRatio } from './group-gap.ts';
import type { Groups } from './group-rate.ts';

/**
 * Equalized odds, the smaller of the ratios of true positive rates and of false positive rates; with `mean` their average. Range [0, 1]; 1 for parity.
 * Null if both are; by default also if either is, for odds compared by half are not equalized odds (Fairlearn takes the one there is).
 * Hardt, Price & Srebro (2016); Fairlearn.
 */
export function equalizedOddsRatio(groups: Groups, options: GapOptions & { combine?: 'worst' | 'mean' } = {}): Outcome {
  const found = (['true_positive_rate', 'false_positive_rate'] as const).map((rate) => rateRatio(groups, rate, options));
  const missing = found.find(({ value }) => value === null);
  const values = found.flatMap(({ value }) => (value === null ? [] : [value]));
  if (missing !== undefined && (options.reading !== 'fairlearn' || values.length === 0)) return missing;
  return { value: options.combine === 'mean' ? values.reduce((sum, value) => sum + value, 0) / values.length : Math.min(...values) };
}
