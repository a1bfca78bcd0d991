import { noValue, type Outcome } from '../outcome.ts';

/** Mean now less that of the baseline, in the values' unit; null without values on a side. */
export function meanDifference(baseline: { count: number; mean: number }, current: { count: number; mean: number }): Outcome {
  if (!(baseline.count > 0)) return noValue('no values in the baseline');
  if (!(current.count > 0)) return noValue('no values to compare');
  return { value: current.mean - baseline.mean };
}
