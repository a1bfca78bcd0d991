import { chiSquaredSf } from '../../math/chi-squared.ts';
import type { Found } from './found.ts';
import { type BinOf, equalMass } from './reliability-bins.ts';
import { reliabilityTable } from './reliability-table.ts';
import type { ScoredCounts } from './scored-counts.ts';

export interface HosmerLemeshow {
  groups: number;
  statistic: number;
  df: number;
  /** Upper tail of the chi-squared law; null without a degree of freedom. */
  p: number | null;
}

/**
 * Hosmer–Lemeshow test: Σ (O − E)²/(E(1 − E/n)) over bins of about equal weight. df = groups − 2, for scores fitted on the same rows; pass
 * `unseen` for rows the model has not seen: df = groups. Infinite where a bin is certain and wrong. Weights count as rows. Null without rows
 * or with scores outside 0 to 1. Hosmer & Lemeshow (1980), doi:10.1080/03610928008827941.
 */
export function hosmerLemeshow(counts: ScoredCounts, binOf: BinOf = equalMass(counts), unseen = false): Found<HosmerLemeshow> {
  const { value: table, reason } = reliabilityTable(counts, binOf);
  if (table === null) return { value: null, reason };
  let statistic = 0;
  for (const { weight, meanScore, eventRate } of table) {
    const squared = (weight * (eventRate - meanScore)) ** 2;
    const variance = weight * meanScore * (1 - meanScore);
    statistic += variance > 0 ? squared / variance : squared > 0 ? Number.POSITIVE_INFINITY : 0;
  }
  const df = unseen ? table.length : table.length - 2;
  const p = df > 0 ? (statistic === Number.POSITIVE_INFINITY ? 0 : chiSquaredSf(statistic, df)) : null;
  return { value: { groups: table.length, statistic, df, p } };
}
