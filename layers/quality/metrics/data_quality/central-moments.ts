import { noValue, type Outcome } from '../outcome.ts';

/** Count, mean and sums of powers of the deviations from the mean (second to fourth) of the finite values. */
export interface CentralMoments {
  count: number;
  mean: number;
  m2: number;
  m3: number;
  m4: number;
}

/** A shape statistic, where there are values and they vary. */
export function shapeOf(moments: CentralMoments, compute: (variance: number) => number): Outcome {
  if (!(moments.count > 0)) return noValue('no finite values');
  const variance = moments.m2 / moments.count;
  if (!(variance > 0)) return noValue('all values are equal');
  const value = compute(variance);
  return Number.isFinite(value) ? { value } : noValue('values too small or too large for a fourth power');
}
