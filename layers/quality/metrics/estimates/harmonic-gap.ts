/**
 * 1/(from + 1) + … + 1/(from + count) for from ≥ 0, also for fractional numbers: ψ(from + count + 1) − ψ(from + 1), its first terms added
 * up and the rest by the asymptotic series of ψ, so that the cost does not grow with the count. Abramowitz & Stegun 6.3.18.
 */
export function harmonicGap(from: number, count: number): number {
  let sum = 0;
  let start = from;
  let left = count;
  for (; left >= 1 && (start < 20 || left <= 8); left--) sum += 1 / ++start;
  if (left <= 0) return sum;
  let [low, high] = [start + 1, start + left + 1];
  for (; low < 20; low++, high++) sum += 1 / low - 1 / high;
  return sum + Math.log1p((high - low) / low) + correction(high) - correction(low);
}

const correction = (x: number): number => -1 / (2 * x) - 1 / (12 * x ** 2) + 1 / (120 * x ** 4) - 1 / (252 * x ** 6) + 1 / (240 * x ** 8);
