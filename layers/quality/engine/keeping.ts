import type { DuckDBDataChunk } from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';
import { withRoom } from './doubles.ts';

/** Which few rows of a pass over a table are kept, and what of them: SQL of doubles. */
export interface Keeping {
  where: string;
  values: string[];
}

/** Kept rows, `width` values each, NaN where missing. In one list: thousands of small ones keep the garbage collector busy. */
export interface KeptValues {
  rows: number;
  width: number;
  values: Float64Array;
}

export const noKept = ({ values }: Keeping): KeptValues => ({
  rows: 0,
  width: values.length,
  values: new Float64Array(64 * values.length),
});

/** An expression of a query that keeps rows: a list, null in all other rows. */
export const keepingSql = ({ where, values }: Keeping): string =>
  `CASE WHEN ${where} THEN list_value(${values.map((value) => `coalesce((${value})::DOUBLE, 'nan'::DOUBLE)`).join(', ')}) END`;

/** Adds the rows of a chunk that were kept, in its column at `at`. By the bindings themselves, as `doubles` reads. */
export function addKept({ chunk, rowCount }: DuckDBDataChunk, at: number, kept: KeptValues): void {
  const vector = duckdb.data_chunk_get_vector(chunk, at);
  const rows = validRows(duckdb.vector_get_validity(vector, 8 * Math.ceil(rowCount / 64)), rowCount);
  if (rows.length === 0) return;
  const entries = duckdb.vector_get_data(vector, 16 * rowCount);
  const items = duckdb.vector_get_data(duckdb.list_vector_get_child(vector), 8 * duckdb.list_vector_get_size(vector));
  const starts = new Uint32Array(entries.buffer, entries.byteOffset, 4 * rowCount);
  const values = new Float64Array(items.buffer, items.byteOffset, items.length / 8);
  for (const row of rows) {
    kept.values = withRoom(kept.values, (kept.rows + 1) * kept.width);
    const start = starts[4 * row]!;
    kept.values.set(values.subarray(start, start + kept.width), kept.rows++ * kept.width);
  }
}

function validRows(mask: Uint8Array | null, count: number): number[] {
  const rows: number[] = [];
  for (let row = 0; row < count; row++) {
    if (mask !== null && row % 8 === 0) while (row < count && mask[row / 8] === 0) row += 8;
    if (row < count && (mask === null || ((mask[row >>> 3]! >>> (row & 7)) & 1) === 1)) rows.push(row);
  }
  return rows;
}
