import { drawnRounds, drawnValues } from './drawn-rounds.ts';
import type { Interval } from './interval.ts';
import { poissonDraw } from './poisson-draw.ts';
import { quantile } from './quantile.ts';
import { seededDraws } from './seeded-draws.ts';

export interface BootstrapOptions {
  /** The same seed (the state's hash), counts and rounds give the same answer. */
  seed: string;
  rounds?: number;
  confidence?: number;
}

export interface Bootstrap {
  interval: Interval | null;
  /** Of the rounds that have one, ascending; null where the interval is. */
  values: number[] | null;
  /** Standard deviation of the rounds that have a value; null where the interval is. */
  standardError: number | null;
  rounds: number;
  /** Rounds in which the statistic did not exist. */
  undefined: number;
  reason?: string;
}

/**
 * Percentile interval of a statistic of counts: each round draws every cell anew from the Poisson law of its count, so that neither rows nor
 * their order nor files matter and the cost is cells × rounds. It is the bootstrap of rows with a random number of them: for statistics that do
 * not depend on that number (rates, ratios, AUC) the same. Ends are type-7 quantiles of the rounds that have a value. Null without rows, and
 * where more rounds than one tail holds have none. A merged state must give its cells in one order. Efron (1979); Poisson: Hanley & MacGibbon
 * (2006), doi:10.1016/j.cmpb.2006.04.006.
 */
export function countBootstrap(
  counts: ArrayLike<number>,
  statistic: (drawn: Float64Array) => number | null,
  { seed, rounds = 1000, confidence = 0.95 }: BootstrapOptions,
): Bootstrap {
  const none = { interval: null, values: null, standardError: null, rounds };
  if (!Array.from(counts).some((count) => count > 0)) return { ...none, undefined: rounds, reason: 'no rows' };
  const { values, missing } = drawnValues(bootstrapRounds(counts, { seed, rounds }), statistic, confidence);
  if (values === null) return { ...none, undefined: missing, reason: `no value in ${missing} of ${rounds} draws` };
  const tail = (1 - confidence) / 2;
  const interval: Interval = [quantile(values, tail), quantile(values, 1 - tail)];
  return { interval, values, standardError: deviation(values), rounds, undefined: missing };
}

/** The cells of each round, in one place that the next round fills anew. */
export function* bootstrapRounds(counts: ArrayLike<number>, { seed, rounds = 1000 }: BootstrapOptions): Generator<Float64Array> {
  const uniform = seededDraws(seed);
  const draws = Array.from(counts, (count) => poissonDraw(count, uniform));
  yield* drawnRounds(draws, rounds);
}

function deviation(values: number[]): number {
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
  return Math.sqrt(values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (values.length - 1));
}
