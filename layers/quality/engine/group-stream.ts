import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { Vector, VectorKind } from '../states/state.ts';
import type { Database } from './database.ts';
import { compact, finiteOnly, gather, groupRuns } from './vectors.ts';

type Take = (column: number, group: number, vector: Vector) => void;

/** Runs a task's SQL and hands out, block by block and group by group, the vectors of its columns. */
export async function streamGroups(database: Database, sql: string, kind: VectorKind, columns: number, take: Take): Promise<void> {
  const result = await database.connection.stream(sql);
  const handle =
    kind === 'counted'
      ? countedBlock
      : kind === 'hashed'
        ? hashedBlock
        : (chunk: DuckDBDataChunk, then: Take) => numberBlock(chunk, columns, kind, then);
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) handle(chunk, take);
}

/** All values of a query of one column of doubles without nulls. */
export async function readDoubles(database: Database, sql: string): Promise<Float64Array> {
  const result = await database.connection.stream(sql);
  let values = new Float64Array(4096);
  let length = 0;
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    if (length + chunk.rowCount > values.length) {
      const larger = new Float64Array(Math.max(values.length * 2, length + chunk.rowCount));
      larger.set(values);
      values = larger;
    }
    values.set(doubles(chunk, 0).items.subarray(0, chunk.rowCount), length);
    length += chunk.rowCount;
  }
  return values.subarray(0, length);
}

interface Doubles {
  items: Float64Array;
  valid: Uint32Array | null;
}

function doubles(chunk: DuckDBDataChunk, index: number): Doubles {
  const vector = chunk.getColumnVector(index) as unknown as { items: Float64Array; validity: { data: BigUint64Array | null } };
  const mask = vector.validity.data;
  return { items: vector.items, valid: mask === null ? null : new Uint32Array(mask.buffer, mask.byteOffset, mask.length * 2) };
}

function numberBlock(chunk: DuckDBDataChunk, columns: number, kind: 'number' | 'time', take: Take): void {
  const rows = chunk.rowCount;
  const groups = groupRuns(doubles(chunk, 0).items, rows);
  for (let column = 0; column < columns; column++) {
    const value = doubles(chunk, 1 + 2 * column);
    const misfit = doubles(chunk, 2 + 2 * column).valid;
    for (const { group, indexes } of groups) {
      const values = indexes === null ? compact(value.items, value.valid, rows) : gather(value.items, value.valid, indexes);
      const misfits = misfit === null ? 0 : countValid(misfit, indexes, rows);
      take(column, group, { kind, rows: indexes?.length ?? rows, misfits, values, finite: finiteOnly(values) });
    }
  }
}

function hashedBlock(chunk: DuckDBDataChunk, take: Take): void {
  const rows = chunk.rowCount;
  const hash = doubles(chunk, 1);
  const length = doubles(chunk, 2);
  for (const { group, indexes } of groupRuns(doubles(chunk, 0).items, rows)) {
    const hashes = (indexes === null ? compact(hash.items, hash.valid, rows) : gather(hash.items, hash.valid, indexes)).slice();
    const lengths = indexes === null ? compact(length.items, length.valid, rows) : gather(length.items, length.valid, indexes);
    take(0, group, { kind: 'hashed', rows: indexes?.length ?? rows, hashes, lengths });
  }
}

function countedBlock(chunk: DuckDBDataChunk, take: Take): void {
  const groups = doubles(chunk, 0).items;
  const texts = chunk.getColumnVector(1);
  const counts = doubles(chunk, 2).items;
  const misfits = doubles(chunk, 3).items;
  const vectors = new Map<number, { kind: 'counted'; rows: number; misfits: number; values: string[]; counts: number[] }>();
  for (let i = 0; i < chunk.rowCount; i++) {
    let vector = vectors.get(groups[i]!);
    if (vector === undefined) vectors.set(groups[i]!, (vector = { kind: 'counted', rows: 0, misfits: 0, values: [], counts: [] }));
    vector.rows += counts[i]!;
    vector.misfits += misfits[i]!;
    const text = texts.getItem(i) as string | null;
    if (text === null) continue;
    vector.values.push(text);
    vector.counts.push(counts[i]!);
  }
  for (const [group, vector] of vectors) take(0, group, vector);
}

function countValid(valid: Uint32Array, indexes: Uint32Array | null, rows: number): number {
  let count = 0;
  for (let i = 0; i < (indexes?.length ?? rows); i++) {
    const row = indexes === null ? i : indexes[i]!;
    count += (valid[row >>> 5]! >>> (row & 31)) & 1;
  }
  return count;
}
