import { total } from '../../math/total.ts';
import type { AdditiveModel } from './additive-model.ts';

/** What an additive model gives for one row, by its code in each column; any other code than a bin's is missing. */
export function predictRow({ intercept, coefficients }: AdditiveModel, codes: ArrayLike<number>): number {
  let sum = intercept;
  coefficients.forEach((bins, c) => {
    sum += bins[codes[c]!] ?? bins.at(-1)!;
  });
  return sum;
}

/**
 * The mean of an additive model over rows of which only each column's shares are known: intercept + Σ over columns Σ over bins share·coefficient.
 * Being additive, exactly the mean of `predictRow` over those rows, however the columns depend on each other. `shares` are counts or shares by
 * bin, the last for missing; each column is divided by its total. NaN where a column is not given, has no rows or other bins.
 */
export function predictFromShares({ intercept, coefficients }: AdditiveModel, shares: readonly ArrayLike<number>[]): number {
  let sum = intercept;
  coefficients.forEach((bins, c) => {
    const given = shares[c] ?? [];
    const all = given.length === bins.length ? total(given) : Number.NaN;
    bins.forEach((coefficient, b) => {
      sum += (given[b]! / all) * coefficient;
    });
  });
  return sum;
}
