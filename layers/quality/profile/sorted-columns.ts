import type { Column } from '../contract/columns.ts';
import { type ColumnCounts, knownCounts } from './column-counts.ts';
import type { Spread } from './spread.ts';

/** Fewer rows of a category may lie in one part by chance. */
const FEWEST_ROWS = 10;
/** Fewer values may come in order by chance. */
const FEWEST_VALUES = 20;

/**
 * Columns by which the rows of reference data without time are sorted: numbers that go up, or down, from part to part, and categories that come one after the
 * other, so that parts next to each other share one bin or category at most and the first and last none. Ids and times come in order anyway.
 */
export function sortedColumns(columns: Column[], { step, columns: spread }: Spread): string[] {
  if (step !== null) return [];
  return columns
    .filter(({ name, role }) => role !== 'id' && role !== 'time' && comesSorted(spread.get(name) ?? []))
    .map(({ name }) => name);
}

function comesSorted(parts: ColumnCounts[]): boolean {
  const counts = parts.map(knownCounts).filter((known) => known.some((count) => count > 0));
  if (counts.length < 3) return false;
  const bins = counts[0]!
    .map((_, bin) => counts.flatMap((known, part) => (known[bin]! > 0 ? [part] : [])))
    .filter((held) => held.length > 0);
  const rows = counts.flat().reduce((sum, count) => sum + count, 0);
  if (rows < FEWEST_VALUES) return false;
  if (bins.some((held) => held[0] === 0 && held.at(-1) === counts.length - 1)) return false;
  const follow = (runs: number[][]): boolean =>
    runs.every((held, i) => held.at(-1)! - held[0]! === held.length - 1 && (i === 0 || held[0]! >= runs[i - 1]!.at(-1)!));
  const byPart = [...bins].sort((a, b) => a[0]! - b[0]! || a.at(-1)! - b.at(-1)!);
  return follow(bins) || follow([...bins].reverse()) || (rows >= FEWEST_ROWS * bins.length && follow(byPart));
}
