import { NO_ROWS, noValue, type Outcome } from '../outcome.ts';

/** Share of rows that are present (neither null nor NaN). Range [0, 1]; null without rows. */
export const completeness = (missing: number, rows: number): Outcome => (rows > 0 ? { value: (rows - missing) / rows } : noValue(NO_ROWS));
