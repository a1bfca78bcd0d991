import { FileProblem } from '../source-bytes.ts';
import { ANY_ROAD, type LabelRows } from './label-rows.ts';
import { labelSql, rowSql, secondsSql, textSql } from './value-sql.ts';

export interface ColumnOf {
  name: string;
  physical: string;
}

/** What the columns of label tables may be called. */
export interface TableNames {
  /** The key columns of the records, in order of preference. */
  keys: readonly string[];
  /** The number of the records' own id column among them; ANY_ROAD where it is not. */
  idRoad: number;
  label: readonly string[];
}

const IDS = ['inference_id', 'event_id', 'id'];
const TIMES = ['time', 'timestamp', 'event_time', 'label_time', 'updated_at'];
const SHOWN = 20;

/** The names a label may have: the one asked for, and what others call it. */
export const labelNames = (label: string): string[] => [label, 'label', 'ground_truth', 'groundTruth', 'target'];

/** The first of `names` that is a column; DuckDB takes names without regard to case, so this does too. */
export const findColumn = (columns: readonly ColumnOf[], names: readonly string[]): ColumnOf | undefined =>
  names.flatMap((name) => columns.filter((column) => column.name.toLowerCase() === name.toLowerCase()))[0];

/** Names as a message lists them. */
export const listColumns = (columns: readonly ColumnOf[]): string =>
  columns
    .slice(0, SHOWN)
    .map(({ name }) => name.slice(0, 100))
    .join(', ') + (columns.length > SHOWN ? ` and ${columns.length - SHOWN} more` : '');

/**
 * How to read a label table. A row's id is that in the first key column of the records that the table has too and that is not empty in it; a table without
 * any is taken by what ids are called. Ids under the name of the records' own id column are looked up there alone: another column may hold the same values
 * for other things. Throws FileProblem where there is no id or no label column.
 */
export function tableRows(parquet: string, columns: readonly ColumnOf[], names: TableNames): LabelRows {
  const ids = idsOf(columns, names);
  const label = need('a label column', columns, names.label);
  const time = findColumn(columns, TIMES);
  const row = findColumn(columns, ['row']);
  const number = row && rowSql(row.name, row.physical);
  const given = row && `${textSql(row.name, row.physical)} IS NOT NULL`;
  return {
    parquet,
    line: 'file_row_number + 1',
    isTable: true,
    id: `coalesce(${ids.map(({ text }) => text).join(', ')})`,
    road: `CASE ${ids.map(({ text, road }) => `WHEN ${text} IS NOT NULL THEN ${road}`).join(' ')} END`,
    roads: ids.map(({ road }) => road),
    row: number ?? 'NULL',
    badRow: number ? `${given} AND NOT coalesce(${number} >= 0 AND ${number} = floor(${number}) AND ${number} < 1e15, false)` : 'false',
    size: given ? `CASE WHEN NOT (${given}) THEN 1 END` : '1',
    seconds: time ? secondsSql(time.name, time.physical) : 'NULL',
    label: labelSql(label.name, label.physical),
    physical: label.physical,
  };
}

function idsOf(columns: readonly ColumnOf[], { keys, idRoad }: TableNames): { text: string; road: number }[] {
  const named = keys.flatMap((name, level) => {
    const column = findColumn(columns, [name]);
    return column === undefined ? [] : [{ text: textSql(column.name, column.physical), road: level === idRoad ? idRoad : ANY_ROAD }];
  });
  if (named.length > 0) return named;
  const id = need('an id column', columns, [...keys, ...IDS]);
  return [{ text: textSql(id.name, id.physical), road: ANY_ROAD }];
}

function need(what: string, columns: readonly ColumnOf[], names: readonly string[]): ColumnOf {
  const found = findColumn(columns, names);
  if (found) return found;
  const wanted = [...new Set(names)].map((name) => `"${name}"`).join(', ');
  throw new FileProblem(`expected ${what} in the labels, one of ${wanted}; found ${listColumns(columns)}`);
}
