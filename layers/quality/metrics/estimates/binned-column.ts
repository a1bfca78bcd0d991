/**
 * A column as small whole numbers: the bin 0 … bins − 1 of each row, at most 65,535 of them; any other code is missing, and has the place after the
 * last bin.
 */
export interface BinnedColumn {
  codes: ArrayLike<number>;
  bins: number;
}

/** The place of each row: its bin, or `bins` where it is missing. */
export function codesOf({ codes, bins }: BinnedColumn): Uint16Array {
  const places = new Uint16Array(codes.length);
  for (let i = 0; i < places.length; i++) {
    const code = codes[i]!;
    places[i] = code >= 0 && code < bins ? code : bins;
  }
  return places;
}

/** Share of the weight in each bin, the last of missing; all 0 without weight. */
export function sharesOf(places: Uint16Array, bins: number, weights: ArrayLike<number>): number[] {
  const sums = new Float64Array(bins + 1);
  let all = 0;
  for (let i = 0; i < places.length; i++) {
    sums[places[i]!]! += weights[i]!;
    all += weights[i]!;
  }
  return Array.from(sums, (sum) => (all > 0 ? sum / all : 0));
}

/** With more than this share of a window, in one column, in bins a sample has no rows of nothing is said of the window. */
export const MOST_UNCOVERED = 0.05;

/**
 * Largest share, over columns, of a window's rows in bins in which a sample has none: there nothing was learned. Counts or shares by bin. Range
 * [0, 1]; NaN where a column is not given, has no rows or other bins.
 */
export function uncoveredShare(sample: readonly ArrayLike<number>[], window: readonly ArrayLike<number>[]): number {
  let largest = 0;
  sample.forEach((known, c) => {
    const now = window[c] ?? [];
    let [outside, all] = [0, 0];
    for (let b = 0; b < now.length; b++) {
      all += now[b]!;
      if (!(known[b]! > 0)) outside += now[b]!;
    }
    largest = Math.max(largest, now.length === known.length ? outside / all : Number.NaN);
  });
  return largest;
}
