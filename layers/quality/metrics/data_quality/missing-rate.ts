import { NO_ROWS, noValue, type Outcome } from '../outcome.ts';

/** Share of rows that are null or NaN. Range [0, 1]; null without rows. */
export const missingRate = (missing: number, rows: number): Outcome => (rows > 0 ? { value: missing / rows } : noValue(NO_ROWS));
