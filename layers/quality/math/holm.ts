/**
 * Holm's step-down adjustment: the i-th smallest of m p-values becomes the largest of (m − j + 1)·p_j over j ≤ i, at most 1. Holds the
 * chance of any false alarm at its level whatever the dependence. Nulls are not tested and do not count. Holm (1979), Scand. J. Stat. 6.
 */
export function holm(pValues: readonly (number | null)[]): (number | null)[] {
  const adjusted: (number | null)[] = pValues.map(() => null);
  const tested = pValues.flatMap((p, index) => (p === null || Number.isNaN(p) ? [] : [{ p, index }]));
  tested.sort((a, b) => a.p - b.p || a.index - b.index);
  let largest = 0;
  tested.forEach(({ p, index }, rank) => {
    largest = Math.max(largest, Math.min(1, p * (tested.length - rank)));
    adjusted[index] = largest;
  });
  return adjusted;
}
