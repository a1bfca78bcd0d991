import gammaln from '@stdlib/math-base-special-gammaln';

const logChoose = (n: number, k: number): number => gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1);

/**
 * Fisher's exact two-sided p of two independent shares: given all hits, the probability of every split no likelier than the one seen (within
 * 1e-7 of it counts as equal). Range (0, 1]; 1 without rows on a side. One term for each possible split: see betaExceedance for one side
 * and many rows. Fisher (1935).
 */
export function fisherExact(hits1: number, rows1: number, hits2: number, rows2: number): number {
  const hits = hits1 + hits2;
  const scale = logChoose(rows1 + rows2, hits);
  const at = (k: number): number => Math.exp(logChoose(rows1, k) + logChoose(rows2, hits - k) - scale);
  const limit = at(hits1) * (1 + 1e-7);
  let p = 0;
  for (let k = Math.max(0, hits - rows2); k <= Math.min(rows1, hits); k++) {
    const each = at(k);
    if (each <= limit) p += each;
  }
  return Math.min(1, p);
}
