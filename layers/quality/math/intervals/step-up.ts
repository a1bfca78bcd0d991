type P = number | null;

const isTested = (p: P): p is number => p !== null && !Number.isNaN(p);

/** How many of the p-values are of tests made: neither null nor NaN. */
export const testedCount = (pValues: readonly P[]): number => pValues.filter(isTested).length;

/**
 * A step-up adjustment: the i-th smallest of m p-values becomes the smallest of factor(j, m)·p_j over j ≥ i, at most 1; j counts from 1.
 * Nulls are not tested and do not count.
 */
export function stepUp(pValues: readonly P[], factor: (rank: number, tests: number) => number): P[] {
  const adjusted: P[] = pValues.map(() => null);
  const tested = pValues.flatMap((p, index) => (isTested(p) ? [{ p, index }] : []));
  tested.sort((a, b) => a.p - b.p || a.index - b.index);
  let least = 1;
  for (let rank = tested.length; rank >= 1; rank--) {
    const { p, index } = tested[rank - 1]!;
    least = Math.min(least, p * factor(rank, tested.length));
    adjusted[index] = least;
  }
  return adjusted;
}
