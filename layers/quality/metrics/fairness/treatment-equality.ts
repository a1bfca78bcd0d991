import type { Outcome } from '../outcome.ts';
import type { Split } from './cross-table.ts';
import { type Reading, sideDifference } from './reading.ts';

/**
 * TE, treatment equality: τ_d − τₐ, τ = FN/FP. Range (−∞, ∞); positive when errors harm the facet more (fewer are wrongly chosen for each wrongly
 * refused). Null when a side has no false positives; Clarify has τ = 0 there without false negatives, else ∞. Berk et al. (2021).
 */
export const treatmentEquality = (split: Split, reading: Reading = 'default'): Outcome =>
  sideDifference(split, reading, 'no false positives', ({ fp, fn }) => [fn, fp], 'facet − rest');
