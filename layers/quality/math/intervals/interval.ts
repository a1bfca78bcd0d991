/** Lower and upper end. */
export type Interval = [number, number];

/** A value with its interval; either may be null, and `reason` says why. */
export interface Estimated {
  value: number | null;
  interval: Interval | null;
  reason?: string;
}

export const NO_ROWS_ON_A_SIDE = 'no rows on a side';
export const noEstimate = (reason: string, value: number | null = null): Estimated => ({ value, interval: null, reason });

/** Within the limits, ends included. */
export const held = ([low, high]: Interval, least: number, most: number): Interval => [Math.max(least, low), Math.min(most, high)];
