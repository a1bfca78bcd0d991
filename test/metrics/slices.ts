import type { ScoredCounts } from '../../layers/quality/metrics/accuracy/index.ts';
import { fromConfusion } from '../../layers/quality/metrics/fairness/index.ts';
import type { Slice } from '../../layers/quality/metrics/performance/slice.ts';

/** Rows of a binary problem with these scores, and these cells: tp, fp, fn, tn. */
export function sliceOf(scored: ScoredCounts | null, cells: readonly [number, number, number, number] = [0, 0, 0, 0]): Slice {
  const counts = fromConfusion(...cells);
  return { rows: counts.rows, counts, scored, scale: 1, matrix: null, sums: null };
}
