import { formatNumber, formatShare } from '../contract/format.ts';

const MOST = 2 / 3;

/** Whether a part accounts for most of a fall. */
export const explains = (part: number, whole: number): boolean => whole > 0 && part >= MOST * whole;

/** "12 %, was 5 %"; two that differ never read the same unless three digits do not tell them apart. */
export function shares(now: number, before: number): string {
  const [is, was] = [formatShare(now), formatShare(before)];
  return is === was && now !== before ? `${formatNumber(100 * now)} %, was ${formatNumber(100 * before)} %` : `${is}, was ${was}`;
}

/** "2.1 too high", of a mean error. */
export const offBy = (error: number): string =>
  error === 0 ? 'right' : `${formatNumber(Math.abs(error))} too ${error < 0 ? 'low' : 'high'}`;
