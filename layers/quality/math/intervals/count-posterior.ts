import type { BootstrapOptions } from './count-bootstrap.ts';
import { drawnInterval, drawnRounds, drawnValues } from './drawn-rounds.ts';
import { gammaDraw } from './gamma-draw.ts';
import type { Interval } from './interval.ts';
import { seededDraws } from './seeded-draws.ts';

/** Rows that the prior stands for, spread evenly: one half for each of four cells. */
export const PRIOR_ROWS = 2;

export interface PosteriorOptions extends BootstrapOptions {
  /** Rows of each cell before any was seen, where they are not spread evenly. */
  prior?: ArrayLike<number>;
}

/**
 * Interval of a statistic of counts, also where some are small or 0: each round draws every cell from the gamma law of its count and a half (two rows in all,
 * spread over the cells), the posterior of a Poisson mean under Jeffreys' prior. A cell of 0 rows is 0 in every draw of a bootstrap, as if it could not be
 * otherwise; here it is what may yet come. Ends are type-6 quantiles of the rounds, widened to hold the statistic of the counts themselves. As the
 * bootstrap it costs cells × rounds, depends on the counts and the seed alone, and wants a merged state's cells in one order. Null where the statistic
 * is, and where more rounds than one tail holds have none. Goutte & Gaussier (2005), doi:10.1007/978-3-540-31865-1_25; Jeffreys: Brown et al. (2001).
 */
export function countPosterior(
  counts: ArrayLike<number>,
  statistic: (drawn: Float64Array) => number | null,
  options: PosteriorOptions,
): Interval | null {
  const value = statistic(Float64Array.from(counts));
  if (value === null || !Number.isFinite(value)) return null;
  const draws = posteriorDraws(counts, statistic, options);
  return draws === null ? null : drawnInterval(value, draws, options.confidence);
}

/** The draws of the statistic, ascending; null where more rounds than one tail holds have none. */
export function posteriorDraws(
  counts: ArrayLike<number>,
  statistic: (drawn: Float64Array) => number | null,
  options: PosteriorOptions,
): number[] | null {
  return drawnValues(posteriorRounds(counts, options), statistic, options.confidence).values;
}

/** The cells of each round, in one place that the next round fills anew. */
export function* posteriorRounds(counts: ArrayLike<number>, { prior, seed, rounds = 1000 }: PosteriorOptions): Generator<Float64Array> {
  const uniform = seededDraws(seed);
  const draws = Array.from(counts, (count, cell) => gammaDraw(count + (prior?.[cell] ?? PRIOR_ROWS / counts.length), uniform));
  yield* drawnRounds(draws, rounds);
}
