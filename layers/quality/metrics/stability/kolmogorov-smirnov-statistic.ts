import { compareShares, type Outcome } from '../outcome.ts';

/**
 * Two-sided Kolmogorov–Smirnov distance, the largest |F − G|, from counts in the same ordered bins: exact at the bins' edges. Within a bin F and
 * G may part by more; `error` is by how much at most (never over the largest share in one bin; 0 for bins marked as of a single value).
 * Range [0, 1]; the true value lies in [value, value + error]; null without rows on a side. Smirnov (1948).
 */
export function kolmogorovSmirnovStatistic(
  baseline: ArrayLike<number>,
  current: ArrayLike<number>,
  singleValued: (bin: number) => boolean = () => false,
): Outcome {
  let most = 0;
  const outcome = compareShares(baseline, current, (before, now) => {
    let largest = 0;
    let below = 0;
    let belowNow = 0;
    for (let bin = 0; bin < baseline.length; bin++) {
      if (!singleValued(bin)) {
        const up = (below + baseline[bin]!) / before - belowNow / now;
        const down = (belowNow + current[bin]!) / now - below / before;
        if (baseline[bin]! > 0 && current[bin]! > 0) most = Math.max(most, up, down);
      }
      below += baseline[bin]!;
      belowNow += current[bin]!;
      largest = Math.max(largest, Math.abs(below / before - belowNow / now));
    }
    return largest;
  });
  return outcome.value === null ? outcome : { ...outcome, error: Math.max(0, most - outcome.value) };
}
