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

/** What is known of the records' id column. */
export interface IdNames {
  /** The one configured. */
  id?: string;
  /** Where none is, those that look like one. */
  likelyIds?: readonly string[];
}

/** The id column: the one configured; else, where the records have nothing else to join by, the only one that looks like it. */
export const idColumn = ({ columns }: Dataset, { id, likelyIds = [] }: IdNames): string | undefined =>
  id ?? (likelyIds.length === 1 && !columns.some(isRequestKey) ? likelyIds[0] : undefined);

/**
 * The columns of the records that labels are looked up by, in order of preference: `inference_id`, `event_id`, the id column. Throws UsageError where
 * there is none; a dataset without columns, of which nothing could be read, has none either and is let pass.
 */
export function keyColumns(dataset: Dataset, names: IdNames): ColumnOf[] {
  const { columns } = dataset;
  if (columns.length === 0) return [];
  const reserved = findColumn(columns, PLACES);
  if (reserved) throw new UsageError(`labels: a column called "${reserved.name}" hides the order of the records; rename it`);
  const id = idColumn(dataset, names);
  const found = [...REQUESTS, ...(id === undefined ? [] : [id])].flatMap((name) => findColumn(columns, [name]) ?? []);
  if (found.length === 0) throw nothingToJoinBy(dataset, names);
  return found.filter((column, i) => found.indexOf(column) === i);
}

/** Where ids were looked for, a column called `id` is named even if its values do not look like them. */
export function nothingToJoinBy({ columns }: Dataset, { id, likelyIds }: IdNames): UsageError {
  const names = [...new Set([...REQUESTS, ...(id === undefined ? [] : [id])])].map((name) => `"${name}"`).join(', ');
  const called = findColumn(columns, ['id'])?.name ?? [];
  const likely = likelyIds?.length === 0 ? [called].flat() : (likelyIds ?? []);
  const hint = likely.length === 0 ? '' : `; did you mean ${likely.map((name) => `--id ${name}`).join(' or ')}?`;
  return new UsageError(`labels: expected a column to join by in the records, one of ${names}; found ${listColumns(columns)}${hint}`);
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
