import { noValue, type Outcome } from '../outcome.ts';

/** Values seen exactly once per present row (Deequ's uniqueness; not distinct/present, its distinctness). Range [0, 1]; null without present rows. */
export const uniqueness = (seenOnce: number, present: number): Outcome =>
  present > 0 ? { value: seenOnce / present } : noValue('no present values');
