import type { Isotonic } from './isotonic-regression.ts';

/**
 * The value of an isotonic map at a score: linear between its knots, that of the first or last knot outside. Range that of the knots; NaN for a
 * score that is NaN, and without knots.
 */
export function calibrate({ scores, values }: Isotonic, score: number): number {
  const last = scores.length - 1;
  if (last < 0 || Number.isNaN(score)) return Number.NaN;
  if (score <= scores[0]!) return values[0]!;
  if (score >= scores[last]!) return values[last]!;
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (scores[middle]! <= score) low = middle;
    else high = middle;
  }
  const slope = (values[high]! - values[low]!) / (scores[high]! - scores[low]!);
  return values[low]! + slope * (score - scores[low]!);
}
