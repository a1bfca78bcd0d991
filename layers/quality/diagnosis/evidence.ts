import type { Judged } from '../checks/verdict.ts';
import type { Column } from '../contract/columns.ts';
import type { ColumnSide } from '../profile/column-side.ts';

/** What a diagnosis may look at: a column's failing checks, worst first, and both sides of its data. */
export interface ColumnCase {
  name: string;
  column: Column | null;
  checks: Judged[];
  current: ColumnSide | null;
  baseline: ColumnSide | null;
  /** Whether category values may be shown: not those of ids, texts and mostly unique columns. */
  showValues: boolean;
  /** Where predictions moved, in words. */
  where?: string | null;
}

export const has = (of: ColumnCase, check: string): boolean => of.checks.some(({ id }) => id.split('/')[0] === check);
