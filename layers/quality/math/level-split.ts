/** A series in two: what comes before `at`, and what does not. */
export interface Split {
  at: number;
  /** Standardised difference of the means of both parts, without sign. */
  difference: number;
}

/** A part of fewer values is no level. */
export const LEAST_PART = 3;

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const squares = (values: readonly number[]): number => values.reduce((sum, value) => sum + value * value, 0);

/** The split of the largest standardised difference, the first of equal ones: that of the least squares. Null where all values are equal, or there are fewer than six. */
export function strongestSplit(values: readonly number[]): Split | null {
  const n = values.length;
  const mean = meanOf(values);
  const deviations = values.map((value) => value - mean);
  const total = squares(deviations);
  if (n < 2 * LEAST_PART || !(total > 1e-24 * squares(values))) return null;
  let best: Split | null = null;
  let sum = 0;
  for (let at = 1; at <= n - LEAST_PART; at++) {
    sum += deviations[at - 1]!;
    if (at < LEAST_PART) continue;
    const difference = Math.abs(sum) / Math.sqrt(((at * (n - at)) / (n * (n - 1))) * total);
    if (best === null || difference > best.difference * (1 + 1e-12)) best = { at, difference };
  }
  return best;
}

/** What is left of a series once the means of both parts are taken off. */
function leftover(values: readonly number[], at: number): number[] {
  const parts = [values.slice(0, at), values.slice(at)];
  return parts.flatMap((part) => {
    const mean = meanOf(part);
    return part.map((value) => value - mean);
  });
}

/**
 * A split's difference, lessened by √((1 − φ)/(1 + φ)) for neighbours that are alike beside it. Of Student's t that would be exact; of this difference, which has a bound, it
 * is more than that: series that wander are seldom taken for steps (docs/verdicts.md), and a step beside another one is not seen.
 */
export function splitStrength(values: readonly number[], { at, difference }: Split): number {
  const rest = leftover(values, at);
  const total = squares(rest);
  if (total === 0) return difference;
  const products = rest.slice(1).reduce((sum, value, i) => sum + value * rest[i]!, 0);
  // Taking off two means makes neighbours look unlike by about 2/n.
  const correlation = Math.min(0.95, Math.max(0, products / total + 2 / values.length));
  return difference * Math.sqrt((1 - correlation) / (1 + correlation));
}

/** Whether two levels describe a series better than a line does, with a parameter more: by Schwarz's criterion, n ln(R_line/R_step) > ln n. */
export function stepBeatsLine(values: readonly number[], { at }: Split): boolean {
  const n = values.length;
  const mean = meanOf(values);
  const places = values.map((_, i) => i - (n - 1) / 2);
  const slope = values.reduce((sum, value, i) => sum + places[i]! * (value - mean), 0) / squares(places);
  const line = squares(values.map((value, i) => value - mean - slope * places[i]!));
  return line > squares(leftover(values, at)) * n ** (1 / n);
}
