import { FileProblem } from '../source-bytes.ts';
import { ANY_ROAD, type LabelRows } from './label-rows.ts';
import { labelSql, rowSql, secondsSql, textSql } from './value-sql.ts';

export interface ColumnOf {
  name: string;
  physical: string;
}

/** What the columns of label tables may be called, and the id column of the records as one of the columns labels are looked up by. */
export interface TableNames {
  id: string | undefined;
  /** Its number among them; ANY_ROAD where it is not. */
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
 * How to read a label table. Ids under the name of the records' own id column are looked up there alone: another column may hold the same values for
 * other things. Throws FileProblem where there is no id or no label column.
 */
export function tableRows(parquet: string, columns: readonly ColumnOf[], names: TableNames): LabelRows {
  const id = need('an id column', columns, names.id === undefined ? IDS : [names.id, ...IDS]);
  const label = need('a label column', columns, names.label);
  const time = findColumn(columns, TIMES);
  const row = findColumn(columns, ['row']);
  const number = row && rowSql(row.name, row.physical);
  const given = row && `${textSql(row.name, row.physical)} IS NOT NULL`;
  return {
    parquet,
    line: 'file_row_number + 1',
    isTable: true,
    id: textSql(id.name, id.physical),
    road: names.id !== undefined && id.name.toLowerCase() === names.id.toLowerCase() ? names.idRoad : ANY_ROAD,
    row: number ?? 'NULL',
    badRow: number ? `${given} AND NOT coalesce(${number} >= 0 AND ${number} = floor(${number}) AND ${number} < 1e15, false)` : 'false',
    size: given ? `CASE WHEN NOT (${given}) THEN 1 END` : '1',
    seconds: time ? secondsSql(time.name, time.physical) : 'NULL',
    label: labelSql(label.name, label.physical),
    physical: label.physical,
  };
}

function need(what: string, columns: readonly ColumnOf[], names: readonly string[]): ColumnOf {
  const found = findColumn(columns, names);
  if (found) return found;
  const wanted = [...new Set(names)].map((name) => `"${name}"`).join(', ');
  throw new FileProblem(`expected ${what} in the labels, one of ${wanted}; found ${listColumns(columns)}`);
}
