import { expect } from 'vitest';
import type { Interval } from '../../layers/quality/math/intervals/index.ts';

const ROUNDING = 1e-9;

export const near = (got: Interval, goal: Interval, relative = ROUNDING): void =>
  got.forEach((end, i) => {
    expect(Math.abs(end - goal[i]!)).toBeLessThanOrEqual(relative * Math.max(1, Math.abs(goal[i]!)));
  });
export const within = ([low, high]: Interval, [least, most]: Interval): boolean => least <= low && high <= most;
export const around = ([low, high]: Interval, value: number): boolean => low <= value + ROUNDING && value <= high + ROUNDING;

/** A higher level never takes an end away. */
export function grows(of: (level: number) => Interval): void {
  const intervals = [0.5, 0.8, 0.95, 0.99].map(of);
  for (let i = 1; i < intervals.length; i++) {
    const [narrow, wide] = [intervals[i - 1]!, intervals[i]!];
    expect(wide[0]).toBeLessThanOrEqual(narrow[0] + ROUNDING);
    expect(wide[1]).toBeGreaterThanOrEqual(narrow[1] - ROUNDING);
  }
}
