import type { Outcome } from '../outcome.ts';
import type { ScoredCounts } from './scored-counts.ts';

/** A value with its error where the counts are of merged bins, and without where they are exact. */
export const bounded = (counts: ScoredCounts, value: number, error: number): Outcome =>
  counts.lows === undefined ? { value } : { value, error: Math.max(0, error) };
