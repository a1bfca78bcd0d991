import { drawnQuantile } from './drawn-quantile.ts';
import type { Interval } from './interval.ts';

/** Every cell drawn anew in each round, in one place that the next round fills anew. */
export function* drawnRounds(draws: (() => number)[], rounds: number): Generator<Float64Array> {
  const drawn = new Float64Array(draws.length);
  for (let round = 0; round < rounds; round++) {
    for (let cell = 0; cell < draws.length; cell++) drawn[cell] = draws[cell]!();
    yield drawn;
  }
}

/** What a statistic came to in the rounds that have a value, ascending; null where there are not two, and where more rounds than one tail holds have none. */
export interface Drawn {
  values: number[] | null;
  /** Rounds without a value. */
  missing: number;
}

export function drawnValues<T>(rounds: Iterable<T>, statistic: (round: T) => number | null, confidence = 0.95): Drawn {
  const values: number[] = [];
  let missing = 0;
  for (const round of rounds) {
    const value = statistic(round);
    if (value !== null && Number.isFinite(value)) values.push(value);
    else missing++;
  }
  const few = values.length < 2 || missing > ((1 - confidence) / 2) * (values.length + missing);
  return { values: few ? null : values.sort((a, b) => a - b), missing };
}

/** From one quantile (type 6) of ascending draws to another, widened to hold the statistic itself. */
export function drawnInterval(value: number, draws: readonly number[], confidence = 0.95): Interval {
  const tail = (1 - confidence) / 2;
  return [Math.min(value, drawnQuantile(draws, tail)), Math.max(value, drawnQuantile(draws, 1 - tail))];
}
