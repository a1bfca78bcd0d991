import { binomialCdf } from '../binomial.ts';
import { chiSquaredSf } from '../chi-squared.ts';

export interface McNemar {
  /** Two-sided binomial(n01 + n10, ½) p: 2·P(X ≤ the smaller), at most 1. */
  exactP: number;
  /** (n01 − n10)²/(n01 + n10), one degree of freedom, and its p; null where no row differs. */
  statistic: number | null;
  p: number | null;
  /** The same of (|n01 − n10| − 1)². */
  correctedStatistic: number | null;
  correctedP: number | null;
  reason?: string;
}

/**
 * McNemar's test of two models on the same rows, from the rows only one of them gets right. Where they never differ the exact p is 1 and the
 * statistics are null. McNemar (1947), doi:10.1007/BF02295996.
 */
export function mcNemar(n01: number, n10: number): McNemar {
  const differing = n01 + n10;
  if (!(differing > 0))
    return { exactP: 1, statistic: null, p: null, correctedStatistic: null, correctedP: null, reason: 'the two never differ' };
  const gap = Math.abs(n01 - n10);
  const statistic = (gap * gap) / differing;
  const correctedStatistic = (gap - 1) ** 2 / differing;
  return {
    exactP: Math.min(1, 2 * binomialCdf(Math.min(n01, n10), differing, 0.5)),
    statistic,
    p: chiSquaredSf(statistic, 1),
    correctedStatistic,
    correctedP: chiSquaredSf(correctedStatistic, 1),
  };
}
