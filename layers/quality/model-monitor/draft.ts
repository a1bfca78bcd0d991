import type { Monitor } from '../contract/monitor.ts';
import { plain } from './plain.ts';
import type { Checks } from './settings.ts';

type Columns = NonNullable<Monitor['columns']>;

/** A monitor in the making, and what did not fit into it. */
export interface Draft {
  columns: Map<string, Columns[string]>;
  checks: Map<string, Checks[string]>;
  rest: Partial<Monitor>;
  /** One line for each thing that could not be carried over. */
  notes: string[];
}

export const emptyDraft = (): Draft => ({ columns: new Map(), checks: new Map(), rest: {}, notes: [] });

export function setColumn({ columns }: Draft, name: string, part: Columns[string]): void {
  columns.set(name, { ...columns.get(name), ...part });
}

/** The column of a facet of values. Values are taken as they stand: whole numbers that are codes are categories, and what the model is not shown is read all the same. */
export function setValueFacet(draft: Draft, name: string, facet: (string | number)[]): void {
  const { type, role, ...rest } = draft.columns.get(name) ?? {};
  draft.columns.set(name, {
    ...(role !== undefined && role !== 'ignored' && { role }),
    ...(type !== undefined && type !== 'integer' && { type }),
    ...rest,
    facet,
  });
}

/** `check/column` of a column called `*` would be the check of every column. */
export function setCheck({ checks }: Draft, check: string, column: string | null, setting: Checks[string]): void {
  if (column !== '*') checks.set(column === null ? check : `${check}/${column}`, setting);
}

export const note = ({ notes }: Draft, uri: string, what: string): void => void notes.push(`${plain(uri)}: ${what}`);

/** Names that a monitor cannot have: JSON objects of programs mistake one for their own, and checks another for a pattern. */
function unusable(draft: Draft): void {
  if (draft.columns.delete('__proto__')) draft.notes.push('column "__proto__": a monitor cannot name it; its type is inferred');
  if (draft.columns.has('*')) draft.notes.push('column "*": checks of it alone cannot be configured; it has those of all columns');
}

/** The monitor of a draft; empty parts are left out. */
export function monitorOf(draft: Draft, name: string): Monitor {
  unusable(draft);
  return {
    schema: 'assay.monitor/1',
    monitor: name,
    ...draft.rest,
    ...(draft.columns.size > 0 && { columns: Object.fromEntries(draft.columns) }),
    ...(draft.checks.size > 0 && { checks: Object.fromEntries(draft.checks) }),
  };
}
