import { STATES } from '../states/index.ts';
import type { State, Vector } from '../states/state.ts';
import { type Database, quoteName, quoteText } from './database.ts';
import { type CountedLayout, type Place, type StreamedLayout, streamBlocks, streamCounts, type Take } from './group-stream.ts';
import { addKept, type Keeping, type KeptValues, keepingSql, noKept } from './keeping.ts';
import { isSmallInteger, isWhole, valueSql } from './readers.ts';
import { ROWS, type ScanColumn, type ScanPlan, type StateSet } from './scan-plan.ts';
import { physicalOf, sourceSql } from './source-sql.ts';
import { scanReading, type Task } from './split-plan.ts';

export interface TaskResult {
  whole: [string, StateSet][];
  groups: [number, string, StateSet][];
  /** Null where the task keeps no rows. */
  kept: KeptValues | null;
}

const states = new Map(STATES.map((state) => [state.name, state]));
const ROW_STATES = ['tally', 'distinct'];

export async function runTask(database: Database, plan: ScanPlan, task: Task): Promise<TaskResult> {
  const applicable = (names: string[], column: ScanColumn): State[] =>
    names
      .map((name) => states.get(name)!)
      .filter((state) => state.on.includes(scanReading(column)) && (column.name !== ROWS || ROW_STATES.includes(state.name)));
  const sinks = task.columns.map((column) => new Sink(column, applicable(plan.wholeStates, column), applicable(plan.groupStates, column)));
  const keeping = task.keeps ? plan.keeping : null;
  const kept = keeping && noKept(keeping);
  const take: Take = (index, group, vector) => sinks[index]!.add(group, vector);
  if (task.reading === 'streamed') {
    const { sql, layout, width } = streamedSql(plan, task.columns, keeping);
    await streamBlocks(database, sql, layout, take, (chunk) => {
      if (kept !== null) addKept(chunk, width, kept);
    });
  } else {
    const { sql, layout } = countedSql(plan, task.columns[0]!);
    await streamCounts(database, sql, task.reading, layout, take);
  }
  return {
    whole: sinks.map((sink) => [sink.column.name, sink.whole]),
    groups: sinks.flatMap((sink) => [...sink.groups].map(([group, set]): [number, string, StateSet] => [group, sink.column.name, set])),
    kept,
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
function hashedSql(plan: ScanPlan, column: ScanColumn): { hash: string; length: string; blank: string } {
  const { value } = valueSql(column.name, physicalOf(plan.source, column.name), column);
  // Whether the first character can be white space costs a tenth of trimming every value.
  const first = `ascii(${value})`;
  return {
    hash: `CASE WHEN ${value} IS NULL THEN NULL ELSE ${HASH(value)} END`,
    length: `length(${value})::DOUBLE`,
    blank: `CASE WHEN ${first} <= 32 OR ${first} >= 160 THEN CASE WHEN trim(${value}, ${WHITE}) = '' THEN 1::DOUBLE END END`,
  };
}

/** One row per group and value of a column: the value, how often it occurs, misfits among it, then the group. */
function countedSql(plan: ScanPlan, column: ScanColumn): { sql: string; layout: CountedLayout } {
  const { value, misfit } = valueSql(column.name, physicalOf(plan.source, column.name), column);
  const cast = castOfWhole(plan, column);
  const counts = [
    cast === null ? value : quoteName(column.name),
    'count(*)::DOUBLE',
    `${misfit === null ? '0' : `count(*) FILTER (${misfit})`}::DOUBLE`,
  ];
  const { sql, group } = selectSql(plan, counts);
  const counted = `(${sql} GROUP BY ${group === null ? '1' : '1, 4'}) AS counted(v, n, misfits${group === null ? '' : ', place'})`;
  return {
    sql: `SELECT * REPLACE (v${cast ?? ''} AS v) FROM ${counted} ORDER BY ${group === null ? '1' : '4, 1'}`,
    layout: { group },
  };
}

/** Whole numbers are counted as they are and cast once a value: DuckDB needs no hash table for small ones, and writes no text for each row. Null for all else. */
function castOfWhole({ source }: ScanPlan, column: ScanColumn): string | null {
  const physical = physicalOf(source, column.name);
  if (scanReading(column) === 'weighted') return isSmallInteger(physical) ? '::DOUBLE' : null;
  return isWhole(physical) && column.type === 'category' ? '::VARCHAR' : null;
}

/** One row per table row: what each column hands to its states, then the group, then what is kept. */
function streamedSql(plan: ScanPlan, of: ScanColumn[], keeping: Keeping | null): { sql: string; layout: StreamedLayout; width: number } {
  const selected: string[] = [];
  const place = (sql: string): number => selected.push(sql) - 1;
  const columns = of.map((column): Place => {
    if (column.name === ROWS) return { kind: 'hashed', value: place(rowHash(plan)), text: null };
    const reading = scanReading(column);
    if (reading === 'hashed') {
      const { hash, length, blank } = hashedSql(plan, column);
      return { kind: 'hashed', value: place(hash), text: { length: place(length), blank: place(blank) } };
    }
    const { value, misfit } = valueSql(column.name, physicalOf(plan.source, column.name), column);
    return {
      kind: reading as 'number' | 'time',
      value: place(value),
      misfit: misfit === null ? null : place(`CASE WHEN ${misfit} THEN 1::DOUBLE END`),
    };
  });
  const { sql, group } = selectSql(plan, selected, keeping === null ? [] : [keepingSql(keeping)]);
  return { sql, layout: { columns, group }, width: selected.length + (group === null ? 0 : 1) };
}

function selectSql({ source, group }: ScanPlan, columns: string[], kept: string[] = []): { sql: string; group: number | null } {
  const all = [...columns, ...(group === null ? [] : [`(${group})::DOUBLE`]), ...kept];
  return { sql: `SELECT ${all.join(', ')} FROM ${sourceSql(source, group)}`, group: group === null ? null : columns.length };
}
