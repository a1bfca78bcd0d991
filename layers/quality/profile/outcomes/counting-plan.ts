import type { OutcomePlan } from '../../contract/outcomes.ts';
import { type GroupTable, groupTable } from './group-table.ts';
import { facetColumns, sizeOf } from './outcomes.ts';

/** Which tables are counted row by row, and whose cells are sums of another's. */
export interface CountingPlan {
  counted: GroupTable[];
  summed: { table: GroupTable; of: GroupTable }[];
}

/** Numbers of a table that the fast part of a processor's memory holds: beyond, one table takes longer than the several it stands for. */
const MOST_NUMBERS = 2 ** 17;

/**
 * Of whole numbers, so that their order does not matter: a table whose columns another one has too is summed from it. Where that stays small, a segment
 * is counted with all facets at once.
 */
export function planCounting(plan: OutcomePlan, tables: GroupTable[]): CountingPlan {
  const all = [...tables, ...jointTables(plan, tables)];
  const within = (a: GroupTable, b: GroupTable): boolean => a.columns.every((column) => b.columns.includes(column));
  const narrower = (a: GroupTable, b: GroupTable): boolean =>
    within(a, b) && (a.columns.length < b.columns.length || (a !== b && all.indexOf(b) < all.indexOf(a)));
  const counted = all.filter((table) => !all.some((other) => narrower(table, other)));
  const summed = tables
    .filter((table) => !counted.includes(table))
    .map((table) => ({ table, of: counted.find((other) => within(table, other))! }));
  return { counted, summed };
}

function jointTables(plan: OutcomePlan, tables: GroupTable[]): GroupTable[] {
  const facets = facetColumns(plan);
  if (facets.length === 0 || tables.length === 0) return [];
  const width = tables[0]!.width;
  return plan.segments.flatMap((names) => {
    const segment = names.map((name) => plan.groups.findIndex((group) => group.name === name));
    const columns = [...new Set([...segment, ...facets])];
    const sizes = columns.map((column) => sizeOf(plan, column));
    return sizes.reduce((product, size) => product * size, width) <= MOST_NUMBERS ? [groupTable(columns, sizes, width, 0)] : [];
  });
}

/** Cells of a table from those of one that has its columns. */
export function sumCells(table: GroupTable, of: GroupTable): void {
  const steps = of.columns.map((column) => {
    const at = table.columns.indexOf(column);
    return at < 0 ? 0 : table.sizes.slice(at + 1).reduce((product, size) => product * size, table.width);
  });
  const values = new Int32Array(of.sizes.length);
  for (let from = 0, into = 0; from < of.cells.length; from += of.width) {
    for (let cell = 0; cell < of.width; cell++) table.cells[into + cell]! += of.cells[from + cell]!;
    for (let k = values.length - 1; k >= 0; k--) {
      into += steps[k]!;
      if (++values[k]! < of.sizes[k]!) break;
      into -= values[k]! * steps[k]!;
      values[k] = 0;
    }
  }
}
