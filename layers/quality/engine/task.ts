import { STATES } from '../states/index.ts';
import type { State, Vector } from '../states/state.ts';
import { type Database, quoteName, quoteText } from './database.ts';
import { type Layout, streamGroups } from './group-stream.ts';
import { type Reading, readingOf, valueSql } from './readers.ts';
import { ROWS, type ScanColumn, type ScanPlan, type StateSet } from './scan-plan.ts';
import { physicalOf, sourceSql } from './source-sql.ts';

/** One block of columns read together. Times are read with the numbers; the rows as a whole are a hashed column without a name. */
export interface Task {
  reading: Exclude<Reading, 'time'>;
  columns: ScanColumn[];
}

export interface TaskResult {
  whole: [string, StateSet][];
  groups: [number, string, StateSet][];
}

const states = new Map(STATES.map((state) => [state.name, state]));
const ROW_STATES = ['tally', 'distinct'];

const scanReading = (column: ScanColumn): Reading => {
  const reading = readingOf(column);
  return reading === 'number' && column.few ? 'weighted' : reading;
};

/** Splits a plan into tasks, the dearest first. */
export function tasksOf(plan: ScanPlan, blocks: number): Task[] {
  const of = (reading: Reading): ScanColumn[] => plan.columns.filter((column) => scanReading(column) === reading);
  const rowColumn: ScanColumn = {
    name: ROWS,
    role: 'ignored',
    type: 'text',
    whole: { sketchSize: plan.rowSketchSize },
    grouped: { sketchSize: plan.rowSketchSize },
  };
  const numbers = [...of('number'), ...of('time')];
  const size = Math.max(1, Math.ceil(numbers.length / blocks));
  const hashed = [...(plan.rowSketchSize > 0 ? [rowColumn] : []), ...of('hashed')];
  const tasks: Task[] = hashed.length > 0 ? [{ reading: 'hashed', columns: hashed }] : [];
  for (let i = 0; i < numbers.length; i += size) tasks.push({ reading: 'number', columns: numbers.slice(i, i + size) });
  for (const reading of ['weighted', 'counted'] as const) for (const column of of(reading)) tasks.push({ reading, columns: [column] });
  return tasks;
}

export async function runTask(database: Database, plan: ScanPlan, task: Task): Promise<TaskResult> {
  const applicable = (names: string[], column: ScanColumn): State[] =>
    names
      .map((name) => states.get(name)!)
      .filter((state) => state.on.includes(scanReading(column)) && (column.name !== ROWS || ROW_STATES.includes(state.name)));
  const sinks = task.columns.map((column) => new Sink(column, applicable(plan.wholeStates, column), applicable(plan.groupStates, column)));
  const { sql, layout } = taskSql(plan, task);
  await streamGroups(database, sql, task.reading, layout, (index, group, vector) => sinks[index]!.add(group, vector));
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

const rowHash = ({ source }: ScanPlan): string => HASH(source.columns.map(({ name }) => quoteName(name)).join(', '));

/** Hash, length and a mark for the blank ones. */
function hashedSql(plan: ScanPlan, column: ScanColumn): string[] {
  const { value } = valueSql(column.name, physicalOf(plan.source, column.name), column);
  // Whether the first character can be white space costs a tenth of trimming every value.
  const first = `ascii(${value})`;
  const blank = `CASE WHEN ${first} <= 32 OR ${first} >= 160 THEN CASE WHEN trim(${value}, ${WHITE}) = '' THEN 1::DOUBLE END END`;
  return [`CASE WHEN ${value} IS NULL THEN NULL ELSE ${HASH(value)} END`, `length(${value})::DOUBLE`, blank];
}

/** One row per table row: values and, where they can be, misfits of each column, then the group; for counted and weighted columns one row per group and value. */
function taskSql(plan: ScanPlan, task: Task): { sql: string; layout: Layout } {
  const from = sourceSql(plan.source, plan.group);
  const group = plan.group === null ? [] : [`(${plan.group})::DOUBLE`];
  const select = (columns: string[], layout: Omit<Layout, 'group'>): { sql: string; layout: Layout } => ({
    sql: `SELECT ${[...columns, ...group].join(', ')} FROM ${from}`,
    layout: { ...layout, group: group.length === 0 ? null : columns.length },
  });
  if (task.reading === 'hashed') {
    const columns: string[] = [];
    const layout: Omit<Layout, 'group'> = { values: [], misfits: [], lengths: [] };
    for (const column of task.columns) {
      layout.values.push(columns.length);
      layout.lengths!.push(column.name !== ROWS);
      columns.push(...(column.name === ROWS ? [rowHash(plan)] : hashedSql(plan, column)));
    }
    return select(columns, layout);
  }
  const parts = task.columns.map((column) => valueSql(column.name, physicalOf(plan.source, column.name), column));
  if (task.reading === 'counted' || task.reading === 'weighted') {
    const { value, misfit } = parts[0]!;
    const counts = [value, 'count(*)::DOUBLE', `${misfit === null ? '0' : `count(*) FILTER (${misfit})`}::DOUBLE`];
    const { sql, layout } = select(counts, { values: [0], misfits: [2] });
    return { sql: `${sql} GROUP BY ${group.length === 0 ? '1 ORDER BY 1' : '1, 4 ORDER BY 4, 1'}`, layout };
  }
  const columns: string[] = [];
  const layout: Omit<Layout, 'group'> = {
    values: [],
    misfits: [],
    kinds: task.columns.map((column) => scanReading(column) as 'number' | 'time'),
  };
  for (const { value, misfit } of parts) {
    layout.values.push(columns.push(value) - 1);
    layout.misfits.push(misfit === null ? null : columns.push(`CASE WHEN ${misfit} THEN 1::DOUBLE END`) - 1);
  }
  return select(columns, layout);
}
