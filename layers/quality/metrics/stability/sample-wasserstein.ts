import { NO_ROWS, noValue, type Outcome } from '../outcome.ts';

/** Exact first Wasserstein distance of two sorted samples: ∫ |F − G|, in the values' unit. Range [0, ∞). Vallender (1974). */
export function sampleWasserstein(baseline: ArrayLike<number>, current: ArrayLike<number>): Outcome {
  if (baseline.length === 0 || current.length === 0) return noValue(NO_ROWS);
  let i = 0;
  let k = 0;
  let sum = 0;
  let last = Math.min(baseline[0]!, current[0]!);
  while (i < baseline.length || k < current.length) {
    const value = Math.min(baseline[i] ?? Number.POSITIVE_INFINITY, current[k] ?? Number.POSITIVE_INFINITY);
    const height = Math.abs(i / baseline.length - k / current.length);
    if (height > 0) sum += height * (value - last);
    while (i < baseline.length && baseline[i]! <= value) i++;
    while (k < current.length && current[k]! <= value) k++;
    last = value;
  }
  return { value: sum };
}
