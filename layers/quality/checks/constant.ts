import type { Column } from '../contract/columns.ts';
import type { ColumnCounts } from '../profile/column-counts.ts';
import type { MeasureOptions } from './measure-columns.ts';
import { compareRate, type Hits } from './significance.ts';
import { settingFor } from './thresholds.ts';
import type { Measured } from './verdict.ts';

export interface ConstantSides {
  now: { distinct: number; present: number; counts: ColumnCounts };
  before: { distinct: number; topShare: number; counts: ColumnCounts };
  /** The baseline's, of about the length that is judged. */
  chunks: ColumnCounts[];
}

/**
 * A column that varied no longer does. Chance is the share of its most frequent value, as often as there are rows, or, where that is more, that of no row outside
 * the window's one bin by the spread between the baseline's chunks, or the share of the chunks of as many rows (of the largest, where none has as many) that held still
 * themselves: a weekday holds still for a day, in which there is no fault.
 */
export function constant(column: Column, { now, before, chunks }: ConstantSides, options: MeasureOptions): Measured | null {
  const id = `constant/${column.name}`;
  if (settingFor(options.settings, id) === 'off' || before.distinct <= 1 || now.present < options.minimumRows) return null;
  const stuck = now.distinct === 1;
  const chances = [before.topShare ** now.present, stillness(now.counts, before.counts, chunks), stillChunks(now.present, chunks)];
  const pValue = stuck ? Math.max(...chances) : 1;
  return {
    ...{ id, column: column.name, metric: 'distinct_count', factor: 'data_quality', bounds: 'effect' },
    threshold: { warn: null, fail: 1, direction: 'below', source: 'default' },
    measurement: { value: now.distinct, expected: before.distinct, effect: 0, pValue, severe: stuck },
  };
}

/** Share of the chunks of at least half as many rows, or as the largest has where the window has more, that lie in one bin; 0 without chunks. */
function stillChunks(present: number, chunks: ColumnCounts[]): number {
  const valuesOf = ({ distribution }: ColumnCounts): number[] => distribution.slice(0, -1);
  const rowsOf = (chunk: ColumnCounts): number => valuesOf(chunk).reduce((sum, count) => sum + count, 0);
  const least =
    Math.min(
      present,
      chunks.reduce((most, chunk) => Math.max(most, rowsOf(chunk)), 1),
    ) / 2;
  const large = chunks.filter((chunk) => rowsOf(chunk) >= least);
  const still = large.filter((chunk) => valuesOf(chunk).filter((count) => count > 0).length === 1);
  return large.length === 0 ? 0 : still.length / large.length;
}

/** Chance that as many rows all lie in the bin in which the window's do, by the chunks' spread. Missing values, the last of the counts, are no value. */
function stillness(now: ColumnCounts, before: ColumnCounts, chunks: ColumnCounts[]): number {
  const bin = now.distribution.slice(0, -1).findIndex((count) => count > 0);
  const outside = ({ distribution }: ColumnCounts): Hits => {
    const rows = distribution.slice(0, -1).reduce((sum, count) => sum + count, 0);
    return { hits: rows - distribution[bin]!, rows };
  };
  return bin < 0 ? 0 : (compareRate(outside(now), chunks.length === 0 ? [outside(before)] : chunks.map(outside), 'below').pValue ?? 0);
}
