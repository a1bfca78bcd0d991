import type { Column } from '../contract/columns.ts';
import type { ColumnSide } from '../profile/column-side.ts';

/** A column and both its sides, as a check has them. */
export interface MonitoredColumn {
  column: Column;
  current: ColumnSide | null;
  baseline: ColumnSide | null;
  /** Whether its values may be written: not those of ids, texts and mostly unique columns. */
  showValues: boolean;
}

export type InferredType = 'Integral' | 'Fractional' | 'String' | 'Unknown';

/** Whether there are numbers to describe. */
export const hasNumbers = (side: ColumnSide): boolean => side.moments !== undefined && side.moments.count > 0;

/** What Deequ would call the values of a column, as far as its profile tells. */
export function inferredType({ type }: Column, side: ColumnSide): InferredType {
  if (side.moments === undefined) return side.tally.present > 0 ? 'String' : 'Unknown';
  if (side.moments.count === 0) return 'Unknown';
  return type === 'integer' && side.counts.fractional === 0 ? 'Integral' : 'Fractional';
}

/** What a column is meant to hold. */
export function expectedType({ type }: Pick<Column, 'type'>): InferredType {
  if (type === 'integer') return 'Integral';
  return type === 'number' ? 'Fractional' : 'String';
}
