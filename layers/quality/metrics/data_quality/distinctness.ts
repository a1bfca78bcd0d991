import { noValue, type Outcome } from '../outcome.ts';

/** Distinct values per present row (Deequ's distinctness). Range (0, 1]; null without present rows. */
export const distinctness = (distinct: number, present: number): Outcome =>
  present > 0 ? { value: distinct / present } : noValue('no present values');
