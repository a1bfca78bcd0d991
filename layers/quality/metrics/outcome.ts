import { total } from '../math/total.ts';

/** What a metric found: a value, or null with the reason; `error` bounds an approximation and is absent where the value is exact. */
export interface Outcome {
  value: number | null;
  reason?: string;
  error?: number;
}

export const NO_ROWS = 'no rows';
export const noValue = (reason: string): Outcome => ({ value: null, reason });

/** A value of two count vectors over the same categories, or why there is none. The sides' totals are passed along. */
export function compareShares(
  baseline: ArrayLike<number>,
  current: ArrayLike<number>,
  compute: (before: number, now: number) => number,
): Outcome {
  const before = total(baseline);
  const now = total(current);
  if (!(before > 0)) return noValue('no rows in the baseline');
  if (!(now > 0)) return noValue('no rows to compare');
  return { value: compute(before, now) };
}
