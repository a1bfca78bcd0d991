import { UsageError } from '../../contract/index.ts';
import { parquetTable } from '../../engine/database.ts';
import type { Dataset } from '../open-dataset.ts';
import { type ColumnOf, findColumn, listColumns } from './table-columns.ts';
import { textSql } from './value-sql.ts';

/** Names DuckDB gives a row's place in its file. */
const PLACES = ['file_index', 'file_row_number'];

const REQUESTS = ['inference_id', 'event_id'];

/** Whether rows that share the key are rows of one request; else an id is of one row. */
export const isRequestKey = ({ name }: ColumnOf): boolean => REQUESTS.includes(name.toLowerCase());

/**
 * The columns of the records that labels are looked up by, in order of preference: `inference_id`, `event_id`, the id column. Throws UsageError where
 * there is none; a dataset without columns, of which nothing could be read, has none either and is let pass.
 */
export function keyColumns({ columns }: Dataset, id: string | undefined): ColumnOf[] {
  if (columns.length === 0) return [];
  const reserved = findColumn(columns, PLACES);
  if (reserved) throw new UsageError(`labels: a column called "${reserved.name}" hides the order of the records; rename it`);
  const wanted = [...REQUESTS, ...(id === undefined ? [] : [id])];
  const found = wanted.flatMap((name) => findColumn(columns, [name]) ?? []);
  if (found.length === 0) {
    const names = wanted.map((name) => `"${name}"`).join(', ');
    throw new UsageError(`labels: expected a column to join by in the records, one of ${names}; found ${listColumns(columns)}`);
  }
  return found.filter((column, i) => found.indexOf(column) === i);
}

/**
 * The place of every record that has a key, in SQL: `file`, `row`, `key`, `place` within its request and `size`, the rows of the request. A request is the
 * rows of one file with the key, in file order; where both are there, an `inference_id` that a client used again is told apart by the `event_id`.
 */
export function recordKeysSql(dataset: Dataset, column: ColumnOf): string {
  const event = column.name.toLowerCase() === 'inference_id' ? findColumn(dataset.columns, ['event_id']) : undefined;
  const select = `SELECT file_index AS file, file_row_number AS "row", ${textSql(column.name, column.physical)} AS key,
    ${event ? textSql(event.name, event.physical) : 'NULL'} AS event FROM ${parquetTable(parquetsOf(dataset))}`;
  return `SELECT file::BIGINT AS file, "row"::BIGINT AS "row", key, row_number() OVER (request ORDER BY "row") - 1 AS place, count(*) OVER request AS size
    FROM (${select}) WHERE key IS NOT NULL WINDOW request AS (PARTITION BY file, key, event)`;
}

export const parquetsOf = ({ files }: Dataset): string[] => files.flatMap(({ parquet }) => (parquet === null ? [] : [parquet]));
