import type { Sampled } from '../../layers/quality/checks/compare-means.ts';
import { draws } from './draw.ts';

export const MOST = 0.015;
export const TRIALS = 4000;

/** Share of trials whose p-value is below a hundredth. */
export function alarms(trials: number, pValue: (trial: number) => number | null): number {
  let count = 0;
  for (let trial = 0; trial < trials; trial++) if ((pValue(trial) ?? 1) < 0.01) count++;
  return count / trials;
}

export interface World {
  /** Rows of a chunk and of the window. */
  rows: number;
  chunks: number;
  /** Standard deviation between chunks, of a mean whose rows have the deviation 1. */
  between: number;
  change?: number;
  /** How many times as long as a chunk the window is. */
  times?: number;
}

/** A window and a baseline in chunks, drawn from a normal world. */
export function trialOf(
  { rows, chunks, between, change = 0, times = 1 }: World,
  seed: number,
): [now: Sampled, before: Sampled, chunks: Sampled[]] {
  const { normal } = draws(seed);
  const sampled = (count: number, centre: number): Sampled => {
    let [sum, squares] = [0, 0];
    for (let i = 0; i < count; i++) {
      const value = centre + normal();
      sum += value;
      squares += value * value;
    }
    const value = sum / count;
    return { value, variance: (squares / count - value * value) / (count - 1), freedom: count - 1 };
  };
  const parts = Array.from({ length: chunks }, () => sampled(rows, between * normal()));
  const value = parts.reduce((sum, part) => sum + part.value, 0) / chunks;
  const variance = parts.reduce((sum, part) => sum + part.variance, 0) / chunks ** 2;
  return [sampled(rows * times, change + between * normal()), { value, variance, freedom: rows * chunks - 1 }, parts];
}
