import { type Estimated, noEstimate } from './interval.ts';
import type { MeanOf } from './mean-interval.ts';
import { studentTOf } from './student-t-quantile.ts';

/**
 * Difference of two independent means, first less second, with Welch's interval d ± t√(s₁²/n₁ + s₂²/n₂), degrees of freedom by Welch and
 * Satterthwaite. No interval where a side has fewer than two values or both are constant. Welch (1947), doi:10.1093/biomet/34.1-2.28.
 */
export function welchDifference(first: MeanOf, second: MeanOf, confidence = 0.95): Estimated {
  if (!(first.count > 0 && second.count > 0)) return noEstimate('no values on a side');
  const value = first.mean - second.mean;
  if (first.count < 2 || second.count < 2) return noEstimate('no interval of a single value', value);
  const [v1, v2] = [first.variance / first.count, second.variance / second.count];
  if (!(v1 + v2 > 0)) return noEstimate('both sides are constant', value);
  const df = (v1 + v2) ** 2 / (v1 ** 2 / (first.count - 1) + v2 ** 2 / (second.count - 1));
  const half = studentTOf(confidence, df) * Math.sqrt(v1 + v2);
  return { value, interval: [value - half, value + half] };
}
