import { STATES } from '../states/index.ts';
import type { State, Vector } from '../states/state.ts';
import { type Database, quoteName, quoteText } from './database.ts';
import { type Layout, streamGroups } from './group-stream.ts';
import { type Reading, readingOf, valueSql } from './readers.ts';
import { ROWS, type ScanColumn, type ScanPlan, type StateSet } from './scan-plan.ts';
import { physicalOf, sourceSql } from './source-sql.ts';

/** One block of columns read together, or the rows as a whole. */
export interface Task {
  reading: Reading | 'rows';
  columns: ScanColumn[];
}

export interface TaskResult {
  whole: [string, StateSet][];
  groups: [number, string, StateSet][];
}

const states = new Map(STATES.map((state) => [state.name, state]));
const ROW_STATES = ['tally', 'distinct'];

/** Splits a plan into tasks, the dearest first. */
export function tasksOf(plan: ScanPlan, blocks: number): Task[] {
  const of = (reading: Reading): ScanColumn[] => plan.columns.filter((column) => readingOf(column) === reading);
  const rowColumn: ScanColumn = {
    name: ROWS,
    role: 'ignored',
    type: 'text',
    whole: { sketchSize: plan.rowSketchSize },
    grouped: { sketchSize: plan.rowSketchSize },
  };
  const numbers = of('number');
  const size = Math.max(1, Math.ceil(numbers.length / blocks));
  const tasks: Task[] = plan.rowSketchSize > 0 ? [{ reading: 'rows', columns: [rowColumn] }] : [];
  for (let i = 0; i < numbers.length; i += size) tasks.push({ reading: 'number', columns: numbers.slice(i, i + size) });
  for (const reading of ['hashed', 'counted', 'time'] as const)
    for (const column of of(reading)) tasks.push({ reading, columns: [column] });
  return tasks;
}

export async function runTask(database: Database, plan: ScanPlan, task: Task): Promise<TaskResult> {
  const kind = task.reading === 'rows' ? 'hashed' : task.reading;
  const applicable = (names: string[], row: boolean): State[] =>
    names.map((name) => states.get(name)!).filter((state) => state.on.includes(kind) && (!row || ROW_STATES.includes(state.name)));
  const row = task.reading === 'rows';
  const sinks = task.columns.map((column) => new Sink(column, applicable(plan.wholeStates, row), applicable(plan.groupStates, row)));
  const { sql, layout } = taskSql(plan, task);
  await streamGroups(database, sql, kind, layout, (index, group, vector) => sinks[index]!.add(group, vector));
  return {
    whole: sinks.map((sink) => [sink.column.name, sink.whole]),
    groups: sinks.flatMap((sink) => [...sink.groups].map(([group, set]): [number, string, StateSet] => [group, sink.column.name, set])),
  };
}

class Sink {
  readonly whole: StateSet;
  readonly groups = new Map<number, StateSet>();
  constructor(
    readonly column: ScanColumn,
    private readonly wholeStates: State[],
    private readonly groupStates: State[],
  ) {
    this.whole = createAll(wholeStates, column.whole);
  }

  add(group: number, vector: Vector): void {
    for (const state of this.wholeStates) state.update(this.whole[state.name], vector, this.column.whole);
    if (this.groupStates.length === 0) return;
    let set = this.groups.get(group);
    if (set === undefined) this.groups.set(group, (set = createAll(this.groupStates, this.column.grouped)));
    for (const state of this.groupStates) state.update(set[state.name], vector, this.column.grouped);
  }
}

const createAll = (of: State[], context: ScanColumn['whole']): StateSet =>
  Object.fromEntries(of.map((state) => [state.name, state.create(context)]));

/** What JavaScript's trim takes for white space, in SQL. */
const WHITE = quoteText(
  '\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff',
);
const HASH = (of: string): string => `(hash(${of}) >> 16)::DOUBLE`;

/** One row per table row: values and, where they can be, misfits of each column, then the group; for counted columns one row per group and value. */
function taskSql(plan: ScanPlan, task: Task): { sql: string; layout: Layout } {
  const from = sourceSql(plan.source, plan.group);
  const group = plan.group === null ? [] : [`(${plan.group})::DOUBLE`];
  const select = (columns: string[], layout: Omit<Layout, 'group'>): { sql: string; layout: Layout } => ({
    sql: `SELECT ${[...columns, ...group].join(', ')} FROM ${from}`,
    layout: { ...layout, group: group.length === 0 ? null : columns.length },
  });
  if (task.reading === 'rows')
    return select([HASH(plan.source.columns.map(({ name }) => quoteName(name)).join(', '))], { values: [0], misfits: [null] });
  const parts = task.columns.map((column) => valueSql(column.name, physicalOf(plan.source, column.name), column));
  if (task.reading === 'counted') {
    const { value, misfit } = parts[0]!;
    const counts = [value, 'count(*)::DOUBLE', `${misfit === null ? '0' : `count(*) FILTER (${misfit})`}::DOUBLE`];
    const { sql, layout } = select(counts, { values: [0], misfits: [2] });
    return { sql: `${sql} GROUP BY ${group.length === 0 ? '1 ORDER BY 1' : '1, 4 ORDER BY 4, 1'}`, layout };
  }
  if (task.reading === 'hashed') {
    const { value } = parts[0]!;
    const hash = `CASE WHEN ${value} IS NULL THEN NULL ELSE ${HASH(value)} END`;
    // Whether the first character can be white space costs a tenth of trimming every value.
    const first = `ascii(${value})`;
    const blank = `CASE WHEN ${first} <= 32 OR ${first} >= 160 THEN CASE WHEN trim(${value}, ${WHITE}) = '' THEN 1::DOUBLE END END`;
    return select([hash, `length(${value})::DOUBLE`, blank], { values: [0], misfits: [null] });
  }
  const columns: string[] = [];
  const layout: Omit<Layout, 'group'> = { values: [], misfits: [] };
  for (const { value, misfit } of parts) {
    layout.values.push(columns.push(value) - 1);
    layout.misfits.push(misfit === null ? null : columns.push(`CASE WHEN ${misfit} THEN 1::DOUBLE END`) - 1);
  }
  return select(columns, layout);
}
