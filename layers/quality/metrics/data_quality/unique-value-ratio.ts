import { noValue, type Outcome } from '../outcome.ts';

/** Values seen exactly once per distinct value (Deequ's unique value ratio). Range [0, 1]; null without present rows. */
export const uniqueValueRatio = (seenOnce: number, distinct: number): Outcome =>
  distinct > 0 ? { value: seenOnce / distinct } : noValue('no present values');
