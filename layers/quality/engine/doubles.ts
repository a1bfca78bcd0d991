import type { DuckDBDataChunk } from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';

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
