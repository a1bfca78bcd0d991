import type { DuckDBDataChunk } from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';

/** The same list, or a longer one that begins with it, where so many do not fit. */
export function withRoom(values: Float64Array, length: number): Float64Array {
  if (length <= values.length) return values;
  const larger = new Float64Array(Math.max(values.length * 2, length));
  larger.set(values);
  return larger;
}

export interface Doubles {
  items: Float64Array;
  valid: Uint32Array | null;
}

/** By the bindings themselves: the chunk's own vectors also look up the type of each, thousands of times a scan. */
export function doubles({ chunk }: DuckDBDataChunk, index: number): Doubles {
  const rows = duckdb.data_chunk_get_size(chunk);
  const vector = duckdb.data_chunk_get_vector(chunk, index);
  const { buffer, byteOffset } = duckdb.vector_get_data(vector, 8 * rows);
  const mask = duckdb.vector_get_validity(vector, 8 * Math.ceil(rows / 64));
  return {
    items: new Float64Array(buffer, byteOffset, rows),
    valid: mask === null ? null : new Uint32Array(mask.buffer, mask.byteOffset, mask.length / 4),
  };
}
