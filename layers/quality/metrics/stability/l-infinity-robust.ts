/**
 * Deequ's "robust" L∞ distance, Model Monitor's default: max(0, simple − c √((n + m)/(n m))), c = 1.8, or √(−½ ln(α/2)) for a given α: the
 * Kolmogorov–Smirnov margin (1.8 is α = .003). For numbers `simple` is the largest difference of the distribution functions, for categories
 * that of the shares. Range [0, 1]; NaN without rows. awslabs/deequ, analyzers/Distance.scala.
 */
export function lInfinityRobust(simple: number, n: number, m: number, alpha?: number): number {
  if (!(n > 0 && m > 0)) return Number.NaN;
  const factor = alpha === undefined ? 1.8 : Math.sqrt(-Math.log(alpha / 2) / 2);
  return Math.max(0, simple - factor * Math.sqrt((n + m) / (n * m)));
}
