import type { StateSet } from '../engine/scan-plan.ts';
import type { BottomK } from '../states/bottom-k.ts';
import type { Categories } from '../states/categories.ts';
import type { Cuts } from '../states/cuts.ts';
import type { Extremes } from '../states/extremes.ts';
import type { Hours } from '../states/hours.ts';
import type { Lengths } from '../states/lengths.ts';
import type { Moments } from '../states/moments.ts';
import type { Context } from '../states/state.ts';
import type { Tally } from '../states/tally.ts';
import { type ColumnCounts, columnCounts } from './column-counts.ts';

/** One side (baseline or current) of a column, as metrics see it. States a column's reading does not have are absent. */
export interface ColumnSide {
  tally: Tally;
  moments?: Moments;
  extremes?: Extremes;
  /** Of the baseline, which may be wider than its cuts where it was renewed. */
  known?: Extremes;
  cuts?: Cuts;
  categories?: Categories;
  distinct?: BottomK;
  lengths?: Lengths;
  hours?: Hours;
  context: Context;
  counts: ColumnCounts;
}

export const columnSide = (set: StateSet, context: Context, judged: Float64Array): ColumnSide => ({
  ...(set as unknown as Omit<ColumnSide, 'context' | 'counts'>),
  context,
  counts: columnCounts(set, context, judged),
});

/** Rows below the smallest or above the largest value the cuts were taken from, none of a side where the baseline reaches as far; null without cuts. */
export function outsideOf({ cuts, context, extremes, known }: ColumnSide): number | null {
  if (cuts === undefined || context.edges === undefined || context.edges.length === 0) return null;
  const [below, above] = [
    extremes === undefined || known === undefined || extremes.minimum < known.minimum,
    extremes === undefined || known === undefined || extremes.maximum > known.maximum,
  ];
  return (below ? cuts.counts[0]! : 0) + (above ? cuts.counts.at(-1)! : 0);
}
