import type { Column, Role } from '../contract/columns.ts';
import { ADDED } from '../dataset/capture/name-columns.ts';
import type { Dataset } from '../dataset/open-dataset.ts';
import type { ColumnHints } from '../engine/infer-columns.ts';

/** What a column may be without the baseline having it. */
const APART: readonly (Role | undefined)[] = ['ignored', 'label', 'id', 'time'];

/** Whether the data are captured requests: a capture adds these to the columns of its payloads. */
export const isCapture = ({ columns }: Dataset): boolean => ADDED.every((name) => columns.some((column) => column.name === name));

/**
 * Names of the data's columns that are held against the baseline's: without those that are ignored, labels, named as id or time, or added by a capture,
 * which reference data in a plain table does not have.
 */
export function comparedColumns(dataset: Dataset, columns: Column[], hints: ColumnHints): string[] {
  const roleOf = new Map(columns.map(({ name, role }) => [name, role]));
  const capture = isCapture(dataset);
  return dataset.columns
    .map(({ name }) => name)
    .filter((name) => {
      const role = roleOf.get(name);
      if (role !== undefined) return role !== 'ignored' && role !== 'label';
      return !APART.includes(hints.get(name)?.role) && !(capture && (ADDED as readonly string[]).includes(name));
    });
}
