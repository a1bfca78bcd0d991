import { NO_ROWS, noValue, type Outcome } from '../outcome.ts';

/** Hits per row, for shares of unseen, out-of-range, blank or rejected rows. Range [0, 1]; null without rows. */
export const share = (hits: number, rows: number): Outcome => (rows > 0 ? { value: hits / rows } : noValue(NO_ROWS));
