/** Every cell drawn anew in each round, in one place that the next round fills anew. */
export function* drawnRounds(draws: (() => number)[], rounds: number): Generator<Float64Array> {
  const drawn = new Float64Array(draws.length);
  for (let round = 0; round < rounds; round++) {
    for (let cell = 0; cell < draws.length; cell++) drawn[cell] = draws[cell]!();
    yield drawn;
  }
}

/** A statistic of each round, ascending; null where there are not two, and where more rounds than one tail holds have none. */
export function ascendingValues<T>(rounds: Iterable<T>, statistic: (round: T) => number | null, confidence = 0.95): number[] | null {
  const values: number[] = [];
  let all = 0;
  for (const round of rounds) {
    all++;
    const value = statistic(round);
    if (value !== null && Number.isFinite(value)) values.push(value);
  }
  return values.length < 2 || all - values.length > ((1 - confidence) / 2) * all ? null : values.sort((a, b) => a - b);
}
