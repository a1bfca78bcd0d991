import { type Estimated, noEstimate } from './interval.ts';
import { studentTOf } from './student-t-quantile.ts';

/** What a mean's interval needs to know of the values; `variance` is over n − 1. */
export interface MeanOf {
  count: number;
  mean: number;
  variance: number;
}

/** Mean with Student's interval m ± t√(s²/n), n − 1 degrees of freedom. Of width 0 for a constant; no interval of fewer than two values. */
export function meanInterval({ count, mean, variance }: MeanOf, confidence = 0.95): Estimated {
  if (!(count > 0)) return noEstimate('no values');
  if (count < 2) return noEstimate('no interval of a single value', mean);
  const half = studentTOf(confidence, count - 1) * Math.sqrt(variance / count);
  return { value: mean, interval: [mean - half, mean + half] };
}
