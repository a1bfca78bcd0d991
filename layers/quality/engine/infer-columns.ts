import type { Column, ColumnType, Role } from '../contract/columns.ts';
import { columnBatches } from './column-batches.ts';
import { type Database, quoteName } from './database.ts';
import { isPhysicallyNumeric, isPhysicallyTemporal } from './readers.ts';
import type { Source } from './scan-plan.ts';
import { sourceSql } from './source-sql.ts';

/** What the user or a monitor says of a column; the rest is inferred from the data. */
export type ColumnHints = Map<string, { role?: Role; type?: ColumnType }>;

/** The share of a text column's values that must read as numbers or times for the column to be one. */
const MOSTLY = 0.9;
const MOST_CATEGORIES = 10_000;
const ID_NAME = /^(id|uuid|guid|.*[_-](id|uuid|guid)|[A-Z_]*_ID|.*[a-z]ID|.*Id|ID|UUID|GUID)$/;

interface TextFacts {
  present: number;
  filled: number;
  numbers: number;
  integers: number;
  times: number;
  booleans: number;
  distinct: number;
}

/** Decides roles and types: what is configured, then what the physical types and the values say. */
export async function inferColumns(database: Database, source: Source, hints: ColumnHints, rows: number): Promise<Column[]> {
  const facts = await factsOf(database, source, hints, rows);
  const columns = source.columns.map(({ name, physical }): Column => {
    const hint = hints.get(name) ?? {};
    const type = hint.type ?? inferType(physical, facts.get(name));
    return {
      name,
      type,
      role: hint.role ?? (isId(name, facts.get(name)) ? 'id' : 'feature'),
      inferred: hint.role === undefined || hint.type === undefined,
    };
  });
  const times = columns.filter((column) => column.type === 'time');
  if (times.length === 1 && hints.get(times[0]!.name)?.role === undefined && !columns.some((column) => column.role === 'time'))
    times[0]!.role = 'time';
  return columns.map((column) =>
    column.role === 'time' && hints.get(column.name)?.type === undefined ? { ...column, type: 'time' } : column,
  );
}

function inferType(physical: string, facts: TextFacts | undefined): ColumnType {
  if (physical === 'BOOLEAN') return 'boolean';
  if (isPhysicallyTemporal(physical)) return 'time';
  if (isPhysicallyNumeric(physical)) return /INT/.test(physical) ? 'integer' : 'number';
  if (physical !== 'VARCHAR' || facts === undefined) return 'text';
  const { filled, numbers, integers, times, booleans, distinct } = facts;
  if (filled > 0 && booleans === filled) return 'boolean';
  if (filled > 0 && numbers >= MOSTLY * filled) return integers === numbers ? 'integer' : 'number';
  if (filled > 0 && times >= MOSTLY * filled) return 'time';
  return distinct > MOST_CATEGORIES || (distinct > 50 && distinct > 0.5 * filled) ? 'text' : 'category';
}

const isId = (name: string, facts: TextFacts | undefined): boolean =>
  ID_NAME.test(name) &&
  facts !== undefined &&
  facts.present > 0 &&
  facts.distinct >= (facts.present > FEW ? SKETCHED : 0.9) * facts.present;

async function factsOf(database: Database, source: Source, hints: ColumnHints, rows: number): Promise<Map<string, TextFacts>> {
  const wanted = source.columns.filter(
    ({ name, physical }) =>
      (physical === 'VARCHAR' && (hints.get(name)?.type === undefined || hints.get(name)?.role === undefined)) || ID_NAME.test(name),
  );
  const facts = new Map<string, TextFacts>();
  for (const batch of columnBatches(wanted, rows)) {
    const found = await countTexts<TextFacts>(database, source, batch, countsOf);
    for (const [i, { name }] of batch.entries()) facts.set(name, found[i]!);
    const few = batch.filter(({ name }) => facts.get(name)!.present <= FEW);
    const exact = await countTexts(database, source, few, (text) => ({ distinct: `count(DISTINCT ${text})` }));
    for (const [i, { name }] of few.entries()) Object.assign(facts.get(name)!, exact[i]);
  }
  return facts;
}

/** The same share of a sketch's count, which may be a tenth too low. */
const SKETCHED = 0.8;
/** Rows of which different values are counted one by one: of few a sketch is off by a tenth. */
const FEW = 100_000;

/** Counts of each column's texts, in one query. */
async function countTexts<T extends Record<keyof T, number>>(
  database: Database,
  source: Source,
  columns: { name: string }[],
  countsOf: (text: string) => Record<keyof T, string>,
): Promise<T[]> {
  if (columns.length === 0) return [];
  const counts = columns.map(({ name }) => countsOf(`trim(${quoteName(name)}::VARCHAR)`));
  const selected = counts.flatMap((of, i) => Object.entries<string>(of).map(([key, sql]) => `${sql} AS ${key}_${i}`));
  const [row] = await database.rows<Record<string, bigint>>(`SELECT ${selected.join(', ')} FROM ${sourceSql(source, null)}`);
  return counts.map((of, i) => Object.fromEntries(Object.keys(of).map((key) => [key, Number(row![`${key}_${i}`])])) as T);
}

/** A cast that fails writes a message, which takes longer than all else: none is tried of a text that cannot be a number or a time. */
function countsOf(text: string): Record<keyof TextFacts, string> {
  const figures = `${text} < ':'`; // begins with a digit, a sign or a point
  const like = (pattern: string): string => `(${figures} AND regexp_full_match(${text}, '${pattern}'))`;
  const isWord = (...words: string[]): string => `lower(${text}) IN (${words.map((word) => `'${word}'`).join(', ')})`;
  const cast = (type: string, when: string): string => `count(CASE WHEN ${when} THEN TRY_CAST(${text} AS ${type}) END)`;
  return {
    present: `count(${text})`,
    filled: `count(*) FILTER (${text} <> '')`,
    numbers: cast('DOUBLE', `${like('[-+]?[0-9._]+([eE][-+]?[0-9]+)?')} OR ${isWord('inf', 'infinity', '-inf', '-infinity', 'nan')}`),
    integers: `count(*) FILTER ${like('[-+]?[0-9]+')}`,
    times: cast('TIMESTAMP', `${like('[-+]?[0-9]+[-/ \\\\].*')} OR ${isWord('inf', 'infinity', '-infinity', 'epoch')}`),
    booleans: `count(*) FILTER (${isWord('true', 'false')})`,
    distinct: `approx_count_distinct(${text})`,
  };
}
