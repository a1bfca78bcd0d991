import { formatShare } from '../contract/format.ts';

const MOST = 2 / 3;

/** Whether a part accounts for most of a fall. */
export const explains = (part: number, whole: number): boolean => whole > 0 && part >= MOST * whole;

/** "12 %, was 5 %". */
export const shares = (now: number, before: number): string => `${formatShare(now)}, was ${formatShare(before)}`;
