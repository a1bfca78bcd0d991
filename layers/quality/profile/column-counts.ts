import type { StateSet } from '../engine/scan-plan.ts';
import type { Categories } from '../states/categories.ts';
import type { Cuts } from '../states/cuts.ts';
import type { Context } from '../states/state.ts';
import type { Tally } from '../states/tally.ts';

/** What checks judge of a column, as counts of rows: additive over chunks. */
export interface ColumnCounts {
  rows: number;
  /** Null or NaN. */
  missing: number;
  /** There, but not of the column's type. */
  misfit: number;
  /** Finite, but no whole number. */
  fractional: number;
  blank: number;
  infinite: number;
  /** Not among the baseline's categories. */
  unseen: number;
  /** Over the judged bins or the known categories, then unseen, infinite, misfit and missing: every row is in one of them. */
  distribution: number[];
}

/** Counts of the judged bins or known categories alone. */
export const knownCounts = ({ distribution }: Pick<ColumnCounts, 'distribution'>): number[] => distribution.slice(0, -4);

/** Counts of one column from its states; `judged` are the coarse edges of a numeric column, a subset of the context's. */
export function columnCounts(set: StateSet, context: Context, judged: Float64Array): ColumnCounts {
  const tally = set.tally as Tally;
  const missing = tally.rows - tally.present - tally.misfit + tally.nan;
  const categories = set.categories as Categories | undefined;
  const cuts = set.cuts as Cuts | undefined;
  const unseen = categories?.others ?? 0;
  const bins =
    categories !== undefined
      ? Array.from(categories.known)
      : cuts !== undefined
        ? coarsen(cuts.counts, context.edges, judged)
        : [tally.present];
  return {
    rows: tally.rows,
    missing,
    misfit: tally.misfit,
    fractional: set.cuts === undefined ? 0 : tally.fractional - tally.nan - tally.infinite,
    blank: tally.blank,
    infinite: tally.infinite,
    unseen,
    distribution: [...bins, unseen, tally.infinite, tally.misfit, missing],
  };
}

/** The counts of values that are there. */
export const presentOnly = (counts: ColumnCounts): ColumnCounts => ({
  ...counts,
  rows: counts.rows - counts.missing,
  missing: 0,
  distribution: [...counts.distribution.slice(0, -1), 0],
});

/** Counts at fine edges added up to those at coarse ones, which are among them. */
export function coarsen(counts: ArrayLike<number>, edges: Float64Array | undefined, judged: Float64Array): number[] {
  const coarse = new Array<number>(judged.length + 1).fill(0);
  let at = 0;
  for (let bin = 0; bin < counts.length; bin++) {
    while (bin > 0 && at < judged.length && judged[at]! <= edges![bin - 1]!) at++;
    coarse[at]! += counts[bin]!;
  }
  return coarse;
}

export function addCounts(a: ColumnCounts, b: ColumnCounts): ColumnCounts {
  return {
    rows: a.rows + b.rows,
    missing: a.missing + b.missing,
    misfit: a.misfit + b.misfit,
    fractional: a.fractional + b.fractional,
    blank: a.blank + b.blank,
    infinite: a.infinite + b.infinite,
    unseen: a.unseen + b.unseen,
    distribution: a.distribution.map((count, i) => count + b.distribution[i]!),
  };
}
