import { normalSf } from './normal.ts';

/** Hits among rows; both may be weighted. */
export interface Proportion {
  hits: number;
  rows: number;
}

/**
 * One-sided test that a share lies below another: z = (p₂ − p₁)/√(p(1 − p)(1/n₁ + 1/n₂)) with p the share of both together, against the normal law.
 * Range [0, 1]; 1 where all rows agree, or a side has none. Fleiss, Levin & Paik (2003), Statistical Methods for Rates and Proportions, §3.2.
 */
export function proportionBelow(low: Proportion, high: Proportion): number {
  const pooled = (low.hits + high.hits) / (low.rows + high.rows);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / low.rows + 1 / high.rows));
  return error > 0 && Number.isFinite(error) ? normalSf((high.hits / high.rows - low.hits / low.rows) / error) : 1;
}
