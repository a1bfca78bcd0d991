import type { DuckDBDataChunk, DuckDBListValue } from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';

/** Which few rows of a pass over a table are kept whole, and what of them, in SQL. */
export interface Keeping {
  where: string;
  numbers: string[];
  texts: string[];
}

export interface KeptRow {
  /** NaN where missing. */
  numbers: Float64Array;
  texts: (string | null)[];
}

/** Two expressions of a query that keeps rows: lists, null in all other rows. Never empty, so that there is an element to read. */
export function keepingSql({ where, numbers, texts }: Keeping): [string, string] {
  const doubles = numbers.map((value) => `coalesce((${value})::DOUBLE, 'nan'::DOUBLE)`);
  const lists = [
    ['0::DOUBLE', ...doubles],
    ["''", ...texts],
  ].map((items) => `CASE WHEN ${where} THEN list_value(${items.join(', ')}) END`);
  return lists as [string, string];
}

/** The rows of a chunk that were kept, in its two columns from `at` on. */
export function keptRows(chunk: DuckDBDataChunk, at: number): KeptRow[] {
  const count = chunk.rowCount;
  const vector = duckdb.data_chunk_get_vector(chunk.chunk, at);
  const mask = duckdb.vector_get_validity(vector, 8 * Math.ceil(count / 64));
  const rows = validRows(mask, count);
  if (rows.length === 0) return [];
  const bytes = duckdb.vector_get_data(vector, 16 * count);
  const places = new BigUint64Array(bytes.buffer, bytes.byteOffset, 2 * count);
  const items = duckdb.vector_get_data(duckdb.list_vector_get_child(vector), 8 * duckdb.list_vector_get_size(vector));
  const values = new Float64Array(items.buffer, items.byteOffset, items.length / 8);
  const texts = chunk.getColumnVector(at + 1);
  return rows.map((row) => {
    const [start, length] = [Number(places[2 * row]!), Number(places[2 * row + 1]!)];
    const { items } = texts.getItem(row) as DuckDBListValue;
    return { numbers: values.slice(start + 1, start + length), texts: items.slice(1) as (string | null)[] };
  });
}

function validRows(mask: Uint8Array | null, count: number): number[] {
  const rows: number[] = [];
  for (let row = 0; row < count; row++) {
    if (mask !== null && row % 8 === 0) while (row < count && mask[row / 8] === 0) row += 8;
    if (row < count && (mask === null || ((mask[row >>> 3]! >>> (row & 7)) & 1) === 1)) rows.push(row);
  }
  return rows;
}
