import { testedCount } from './step-up.ts';

/** Bonferroni's adjustment: m·p, at most 1, for m tests. Nulls are not tested and do not count. Dunn (1961), doi:10.1080/01621459.1961.10482090. */
export function bonferroni(pValues: readonly (number | null)[]): (number | null)[] {
  const tests = testedCount(pValues);
  return pValues.map((p) => (p === null || Number.isNaN(p) ? null : Math.min(1, p * tests)));
}
