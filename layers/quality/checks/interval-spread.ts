import { zOf } from '../math/intervals/z-of.ts';
import { total } from '../math/total.ts';
import type { PerformanceMetric } from '../metrics/performance/performance-metric.ts';
import type { Slice } from '../metrics/performance/slice.ts';
import type { Sampled } from './compare-means.ts';

/** Rows with a label, as rows of equal weight. */
export function labelledRows({ sums, matrix, counts: { tp, fp, fn, tn }, scored, scale }: Slice): number {
  if (sums !== null) return sums.weight * scale;
  if (matrix !== null) return total(matrix.cells) * scale;
  const withScore = scored === null ? 0 : total(scored.positives) + total(scored.negatives);
  return Math.max(tp + fp + fn + tn, withScore) * scale;
}

/**
 * How sure a metric is whose sampling variance has no formula: that of a normal with its 95 % interval, ((high − low) ÷ 2z)². A side without an interval, and the
 * baseline's chunks, have that of the other side, by their rows. Null where neither has one.
 */
export function intervalSpread(
  metric: PerformanceMetric,
  { now, before, chunks }: { now: Slice; before: Slice; chunks: Slice[] },
): { current: Sampled; baseline: Sampled; parts: Sampled[] } | null {
  const perRow = [now, before].map((slice) => {
    const interval = metric.interval(slice, metric.id);
    return interval === null ? null : ((interval[1] - interval[0]) / (2 * zOf(0.95))) ** 2 * labelledRows(slice);
  });
  const [own, then] = [perRow[0] ?? perRow[1], perRow[1] ?? perRow[0]];
  if (own == null || then == null) return null;
  const sampled = (slice: Slice, variance: number): Sampled | null => {
    const { value } = metric.compute(slice);
    const rows = labelledRows(slice);
    return value === null || !(rows > 1) ? null : { value, variance: variance / rows, freedom: rows - 1 };
  };
  const [current, baseline] = [sampled(now, own), sampled(before, then)];
  if (current === null || baseline === null) return null;
  return { current, baseline, parts: chunks.flatMap((chunk) => sampled(chunk, then) ?? []) };
}
