import { addCounts, emptyCounts, type GroupCounts, sumCounts } from './group-counts.ts';
import type { Reading } from './reading.ts';

/** A value of a facet or of the group variable; null where it is missing. */
export type FacetValue = string | number | boolean | null;

export interface Cell {
  values: FacetValue[];
  counts: GroupCounts;
}

/** Counts by every combination of some columns (facets, group variables) that occurs. Tables of parts merge by addition. */
export interface CrossTable {
  columns: string[];
  cells: Map<string, Cell>;
}

/** The rows of a facet and all others; by value of the group variable too, where there is one. */
export interface Split {
  facet: GroupCounts;
  rest: GroupCounts;
  strata?: { facet: GroupCounts; rest: GroupCounts }[];
}

export const crossTable = (columns: string[]): CrossTable => ({ columns, cells: new Map() });

/** The counts of a combination, to be added to. */
export function cellAt(table: CrossTable, values: FacetValue[]): GroupCounts {
  const key = JSON.stringify(values);
  let cell = table.cells.get(key);
  if (cell === undefined) table.cells.set(key, (cell = { values, counts: emptyCounts() }));
  return cell.counts;
}

/** Adds a table over the same columns. */
export function mergeTable(target: CrossTable, part: CrossTable): CrossTable {
  if (JSON.stringify(target.columns) !== JSON.stringify(part.columns)) throw new Error('tables over different columns');
  for (const { values, counts } of part.cells.values()) addCounts(cellAt(target, values), counts);
  return target;
}

/** The table over some of its columns, summed over the others. */
export function marginOf(table: CrossTable, columns: string[]): CrossTable {
  const at = columns.map((column) => indexOf(table, column));
  const margin = crossTable(columns);
  for (const { values, counts } of table.cells.values())
    addCounts(
      cellAt(
        margin,
        at.map((i) => values[i]!),
      ),
      counts,
    );
  return margin;
}

/** The counts of each value of a column, or of each combination joined by ' | ', in order of name; missing values are left out. */
export function groupsOf(table: CrossTable, columns: string[]): Map<string, GroupCounts> {
  const cells = [...marginOf(table, columns).cells.values()].filter(({ values }) => !values.includes(null));
  const named = cells.map(({ values, counts }): [string, GroupCounts] => [values.map(String).join(' | '), counts]);
  return new Map(named.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/**
 * The rows whose value is chosen against all others. Rows without a value are in neither; as Clarify reads them, they are among the others.
 * Strata are the values of the group variable; rows without one are in no stratum.
 */
export function splitBy(
  table: CrossTable,
  column: string,
  chosen: (value: FacetValue) => boolean,
  groupVariable: string | null = null,
  reading: Reading = 'default',
): Split {
  const at = indexOf(table, column);
  const chosenIn = (value: FacetValue): boolean => value !== null && chosen(value);
  const used = [...table.cells.values()].filter(({ values }) => reading === 'clarify' || values[at] !== null);
  const sideOf = (cells: Cell[], inside: boolean): GroupCounts =>
    sumCounts(cells.filter(({ values }) => chosenIn(values[at]!) === inside).map(({ counts }) => counts));
  const sides = (cells: Cell[]) => ({ facet: sideOf(cells, true), rest: sideOf(cells, false) });
  if (groupVariable === null) return sides(used);
  const by = indexOf(table, groupVariable);
  const strata = new Map<FacetValue, Cell[]>();
  for (const cell of used) {
    const value = cell.values[by]!;
    if (value === null) continue;
    const cells = strata.get(value);
    if (cells === undefined) strata.set(value, [cell]);
    else cells.push(cell);
  }
  return { ...sides(used), strata: [...strata.values()].map(sides) };
}

function indexOf(table: CrossTable, column: string): number {
  const at = table.columns.indexOf(column);
  if (at < 0) throw new Error(`the table has no column ${column}`);
  return at;
}
