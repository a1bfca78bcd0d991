import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { Vector } from '../states/state.ts';
import type { Database } from './database.ts';
import { type Doubles, doubles, withRoom } from './doubles.ts';
import { addKept, type Keeping, type KeptValues, keepingSql, noKept } from './keeping.ts';
import { compact, finiteOnly, gather, groupRuns } from './vectors.ts';

export type Take = (column: number, group: number, vector: Vector) => void;

/** Where a query has what a column hands to its states, by position. Whole rows are hashed without a text: they have no length, and count as one long. */
export type Place =
  | { kind: 'number' | 'time'; value: number; misfit: number | null }
  | { kind: 'hashed'; value: number; text: { length: number; blank: number } | null };

/** Where a query has the group of a row; null where there is none. */
export interface CountedLayout {
  group: number | null;
}

export interface StreamedLayout extends CountedLayout {
  columns: Place[];
}

/** Runs the SQL of streamed columns and hands out, block by block and group by group, the vectors of each. */
export async function streamBlocks(
  database: Database,
  sql: string,
  { columns, group }: StreamedLayout,
  take: Take,
  /** Told of every chunk. */
  see: (chunk: DuckDBDataChunk) => void,
): Promise<void> {
  for await (const chunk of chunksOf(database, sql)) {
    see(chunk);
    const runs = group === null ? [{ group: 0, indexes: null }] : groupRuns(doubles(chunk, group).items, chunk.rowCount);
    columns.forEach((place, column) => {
      const vectorOf = place.kind === 'hashed' ? hashedVectors(chunk, place) : numberVectors(chunk, place);
      for (const run of runs) take(column, run.group, vectorOf(run.indexes));
    });
  }
}

/** Runs the SQL of one counted column and hands out its values with their counts, group by group. */
export async function streamCounts(
  database: Database,
  sql: string,
  reading: 'weighted' | 'counted',
  { group }: CountedLayout,
  take: Take,
): Promise<void> {
  const handle = reading === 'counted' ? countedBlock : weightedBlock;
  for await (const chunk of chunksOf(database, sql)) handle(chunk, group, take);
}

/** The next chunk is on its way while one is being worked on. */
async function* chunksOf(database: Database, sql: string): AsyncGenerator<DuckDBDataChunk> {
  const result = await database.connection.stream(sql);
  let coming = result.fetchChunk();
  try {
    for (;;) {
      const chunk = await coming;
      if (chunk === null || chunk.rowCount === 0) return;
      coming = result.fetchChunk();
      yield chunk;
    }
  } finally {
    // Whoever stops half way may close the database next.
    await coming.catch(() => {});
  }
}

/** All values of a query of one column of doubles without nulls. */
export async function readDoubles(database: Database, sql: string): Promise<Float64Array> {
  let values: Float64Array = new Float64Array(4096);
  let length = 0;
  for await (const chunk of chunksOf(database, sql)) {
    values = withRoom(values, length + chunk.rowCount);
    values.set(doubles(chunk, 0).items.subarray(0, chunk.rowCount), length);
    length += chunk.rowCount;
  }
  return values.subarray(0, length);
}

/** The finite values of each column of a query of doubles. */
export async function readFinite(database: Database, sql: string, columns: number): Promise<Float64Array[]> {
  const values = Array.from({ length: columns }, (): Float64Array => new Float64Array(CHUNK));
  const lengths = new Uint32Array(columns);
  for await (const chunk of chunksOf(database, sql))
    for (let k = 0; k < columns; k++) {
      const finite = finiteOnly(present(doubles(chunk, k), null, chunk.rowCount));
      const room = withRoom(values[k]!, lengths[k]! + finite.length);
      room.set(finite, lengths[k]);
      values[k] = room;
      lengths[k]! += finite.length;
    }
  return values.map((of, k) => of.subarray(0, lengths[k]));
}

const CHUNK = 2048;

/** Hands out, by blocks of at most `most` rows, the columns of a query of doubles without nulls; what is lent is overwritten by the next block. */
export async function streamDoubles(
  database: Database,
  sql: string,
  take: (columns: Float64Array[], rows: number) => void,
  most = CHUNK,
): Promise<void> {
  const columns: Float64Array[] = [];
  let rows = 0;
  for await (const chunk of chunksOf(database, sql)) {
    for (let k = 0; k < chunk.columnCount; k++) (columns[k] ??= new Float64Array(most)).set(doubles(chunk, k).items, rows);
    rows += chunk.rowCount;
    if (rows + CHUNK <= most) continue;
    take(columns, rows);
    rows = 0;
  }
  if (rows > 0) take(columns, rows);
}

/** The kept rows of a table alone. */
export async function streamKept(database: Database, table: string, keeping: Keeping): Promise<KeptValues> {
  const kept = noKept(keeping);
  const sql = `SELECT ${keepingSql(keeping)} FROM ${table} WHERE ${keeping.where}`;
  for await (const chunk of chunksOf(database, sql)) addKept(chunk, 0, kept);
  return kept;
}

const present = ({ items, valid }: Doubles, indexes: Uint32Array | null, rows: number): Float64Array =>
  indexes === null ? compact(items, valid, rows) : gather(items, valid, indexes);

type VectorOfRows = (indexes: Uint32Array | null) => Vector;

function numberVectors(chunk: DuckDBDataChunk, { kind, value, misfit }: Extract<Place, { misfit: unknown }>): VectorOfRows {
  const items = doubles(chunk, value);
  const unfit = misfit === null ? null : doubles(chunk, misfit);
  return (indexes) => {
    const rows = indexes?.length ?? chunk.rowCount;
    const values = present(items, indexes, chunk.rowCount);
    return { kind, rows, misfits: unfit === null ? 0 : countValid(unfit.valid, indexes, rows), values, finite: finiteOnly(values) };
  };
}

const ones = new Float64Array(2048).fill(1);

function hashedVectors(chunk: DuckDBDataChunk, { kind, value, text }: Extract<Place, { kind: 'hashed' }>): VectorOfRows {
  const hash = doubles(chunk, value);
  const length = text && doubles(chunk, text.length);
  const blank = text && doubles(chunk, text.blank);
  return (indexes) => {
    const rows = indexes?.length ?? chunk.rowCount;
    const hashes = present(hash, indexes, chunk.rowCount);
    if (length === null || blank === null) return { kind, rows, blanks: 0, hashes, lengths: ones.subarray(0, rows) };
    const own = hashes.slice(); // what is lent next would overwrite it
    return { kind, rows, blanks: countValid(blank.valid, indexes, rows), hashes: own, lengths: present(length, indexes, chunk.rowCount) };
  };
}

function countedBlock(chunk: DuckDBDataChunk, group: number | null, take: Take): void {
  const groups = group === null ? null : doubles(chunk, group).items;
  const texts = chunk.getColumnVector(0);
  const counts = doubles(chunk, 1).items;
  const misfits = doubles(chunk, 2).items;
  const vectors = new Map<number, { kind: 'counted'; rows: number; misfits: number; values: string[]; counts: number[] }>();
  for (let i = 0; i < chunk.rowCount; i++) {
    const of = groups?.[i] ?? 0;
    let vector = vectors.get(of);
    if (vector === undefined) vectors.set(of, (vector = { kind: 'counted', rows: 0, misfits: 0, values: [], counts: [] }));
    vector.rows += counts[i]!;
    vector.misfits += misfits[i]!;
    const text = texts.getItem(i) as string | null;
    if (text === null) continue;
    vector.values.push(text);
    vector.counts.push(counts[i]!);
  }
  for (const [of, vector] of vectors) take(0, of, vector);
}

/** Rows come by group and then by value: one run of rows a group. */
function weightedBlock(chunk: DuckDBDataChunk, group: number | null, take: Take): void {
  const groups = group === null ? null : doubles(chunk, group).items;
  const value = doubles(chunk, 0);
  const occurrences = doubles(chunk, 1).items;
  const misfits = doubles(chunk, 2).items;
  for (let start = 0, end = 0; start < chunk.rowCount; start = end) {
    const of = groups === null ? 0 : groups[start]!;
    while (end < chunk.rowCount && (groups === null || groups[end] === of)) end++;
    const present = Uint32Array.from({ length: end - start }, (_, i) => start + i).filter((row) => isValid(value.valid, row));
    const values = Float64Array.from(present, (row) => value.items[row]!);
    const counts = Float64Array.from(present, (row) => occurrences[row]!);
    const finite = values.filter(Number.isFinite);
    take(0, of, {
      kind: 'weighted',
      rows: total(occurrences.subarray(start, end)),
      misfits: total(misfits.subarray(start, end)),
      values,
      counts,
      finite,
      finiteCounts: counts.filter((_, i) => Number.isFinite(values[i]!)),
    });
  }
}

const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);

const isValid = (valid: Uint32Array | null, row: number): boolean => valid === null || ((valid[row >>> 5]! >>> (row & 31)) & 1) === 1;

function countValid(valid: Uint32Array | null, indexes: Uint32Array | null, rows: number): number {
  if (valid === null) return rows;
  let count = 0;
  for (let i = 0; i < rows; i++) {
    const row = indexes === null ? i : indexes[i]!;
    count += (valid[row >>> 5]! >>> (row & 31)) & 1;
  }
  return count;
}
