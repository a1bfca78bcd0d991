import { testedCount } from './step-up.ts';

/** Šidák's adjustment: 1 − (1 − p)^m for m tests, accurate for small p; exact if they are independent. Nulls do not count. Šidák (1967), doi:10.1080/01621459.1967.10482935. */
export function sidak(pValues: readonly (number | null)[]): (number | null)[] {
  const tests = testedCount(pValues);
  return pValues.map((p) => (p === null || Number.isNaN(p) ? null : -Math.expm1(tests * Math.log1p(-p))));
}
