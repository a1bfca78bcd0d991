import { noValue, type Outcome } from '../outcome.ts';

/** Quantile type 7 of sorted values (numpy, pandas, DuckDB's quantile_cont): linear between neighbours at h = (n − 1)p. Null without values. Hyndman & Fan (1996). */
export function quantile(sorted: ArrayLike<number>, p: number): Outcome {
  if (sorted.length === 0) return noValue('no finite values');
  const h = (sorted.length - 1) * p;
  const low = Math.floor(h);
  const below = sorted[low]!;
  const above = sorted[Math.min(low + 1, sorted.length - 1)]!;
  return { value: below === above ? below : below + (h - low) * (above - below) };
}
