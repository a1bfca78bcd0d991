/** Sampling variance of a share of hits, with a row of each kind more, so that it is above 0 where all rows are of one: p(1 − p)/n, p = (k + 1)/(n + 2). */
export function shareVariance(hits: number, rows: number): number {
  const share = (hits + 1) / (rows + 2);
  return (share * (1 - share)) / rows;
}
