import { noValue, type Outcome } from '../outcome.ts';

/** Missing rate now less that of the baseline, missing being null or NaN. Range [−1, 1]; null without rows on a side. */
export function missingRateDifference(baseline: { missing: number; rows: number }, current: { missing: number; rows: number }): Outcome {
  if (!(baseline.rows > 0)) return noValue('no rows in the baseline');
  if (!(current.rows > 0)) return noValue('no rows to compare');
  return { value: current.missing / current.rows - baseline.missing / baseline.rows };
}
