import { NO_ROWS, noValue, type Outcome } from '../outcome.ts';

/** Exact two-sided Kolmogorov–Smirnov distance of two sorted samples: the largest |F − G|, F(v) = share of values ≤ v. Range [0, 1]. */
export function sampleKolmogorovSmirnov(baseline: ArrayLike<number>, current: ArrayLike<number>): Outcome {
  if (baseline.length === 0 || current.length === 0) return noValue(NO_ROWS);
  let i = 0;
  let k = 0;
  let largest = 0;
  while (i < baseline.length && k < current.length) {
    const value = Math.min(baseline[i]!, current[k]!);
    while (i < baseline.length && baseline[i]! <= value) i++;
    while (k < current.length && current[k]! <= value) k++;
    largest = Math.max(largest, Math.abs(i / baseline.length - k / current.length));
  }
  return { value: largest };
}
