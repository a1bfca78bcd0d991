/**
 * Quantile of ascending draws, type 6: below the k-th of n lies k/(n + 1) of what is drawn, on average, so that the ends leave out what was said, also of a
 * few hundred; between them linear, beyond them the least and the largest. Hyndman & Fan (1996), doi:10.1080/00031305.1996.10473566.
 */
export function drawnQuantile(sorted: ArrayLike<number>, p: number): number {
  const last = sorted.length - 1;
  const at = Math.min(last, Math.max(0, p * (sorted.length + 1) - 1));
  const low = Math.floor(at);
  const high = Math.min(low + 1, last);
  return sorted[low]! + (at - low) * (sorted[high]! - sorted[low]!);
}
