import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { Vector, VectorKind } from '../states/state.ts';
import type { Database } from './database.ts';
import { compact, finiteOnly, gather, groupRuns, type Run } from './vectors.ts';

type Take = (column: number, group: number, vector: Vector) => void;

/** Where a task's query has what: a position per column of its values and misfits, and the position of the group. Null where there is none. */
export interface Layout {
  values: number[];
  misfits: (number | null)[];
  /** Of hashed columns: whether a length and a mark for blanks follow the hash. Whole rows have none, and count as one long. */
  lengths?: boolean[];
  /** Of numeric columns: which are times. */
  kinds?: ('number' | 'time')[];
  group: number | null;
}

/** Runs a task's SQL and hands out, block by block and group by group, the vectors of its columns. */
export async function streamGroups(
  database: Database,
  sql: string,
  reading: keyof typeof BLOCKS,
  layout: Layout,
  take: Take,
): Promise<void> {
  const handle = BLOCKS[reading];
  for await (const chunk of chunksOf(database, sql)) handle(chunk, layout, take);
}

/** The next chunk is on its way while one is being worked on. */
async function* chunksOf(database: Database, sql: string): AsyncGenerator<DuckDBDataChunk> {
  const result = await database.connection.stream(sql);
  let coming = result.fetchChunk();
  for (;;) {
    const chunk = await coming;
    if (chunk === null || chunk.rowCount === 0) return;
    coming = result.fetchChunk();
    yield chunk;
  }
}

/** All values of a query of one column of doubles without nulls. */
export async function readDoubles(database: Database, sql: string): Promise<Float64Array> {
  let values = new Float64Array(4096);
  let length = 0;
  for await (const chunk of chunksOf(database, sql)) {
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

/** Hands out, block by block, the columns of a query of doubles without nulls; what is lent is overwritten by the next block. */
export async function streamDoubles(database: Database, sql: string, take: (columns: Float64Array[], rows: number) => void): Promise<void> {
  for await (const chunk of chunksOf(database, sql))
    take(
      Array.from({ length: chunk.columnCount }, (_, column) => doubles(chunk, column).items),
      chunk.rowCount,
    );
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

const runsOf = (chunk: DuckDBDataChunk, { group }: Layout): Run[] =>
  group === null ? [{ group: 0, indexes: null }] : groupRuns(doubles(chunk, group).items, chunk.rowCount);

const present = ({ items, valid }: Doubles, indexes: Uint32Array | null, rows: number): Float64Array =>
  indexes === null ? compact(items, valid, rows) : gather(items, valid, indexes);

function numberBlock(chunk: DuckDBDataChunk, layout: Layout, take: Take): void {
  const rows = chunk.rowCount;
  const runs = runsOf(chunk, layout);
  layout.values.forEach((position, column) => {
    const value = doubles(chunk, position);
    const at = layout.misfits[column]!;
    const misfit = at === null ? null : doubles(chunk, at).valid;
    for (const { group, indexes } of runs) {
      const values = present(value, indexes, rows);
      const misfits = at === null ? 0 : countValid(misfit, indexes, rows);
      take(column, group, { kind: layout.kinds![column]!, rows: indexes?.length ?? rows, misfits, values, finite: finiteOnly(values) });
    }
  });
}

const ones = new Float64Array(2048).fill(1);

function hashedBlock(chunk: DuckDBDataChunk, layout: Layout, take: Take): void {
  const rows = chunk.rowCount;
  const runs = runsOf(chunk, layout);
  layout.values.forEach((position, column) => {
    const hash = doubles(chunk, position);
    const length = layout.lengths![column] ? doubles(chunk, position + 1) : null;
    const blank = length === null ? null : doubles(chunk, position + 2).valid;
    for (const { group, indexes } of runs) {
      const hashes = length === null ? present(hash, indexes, rows) : present(hash, indexes, rows).slice();
      const lengths = length === null ? ones.subarray(0, hashes.length) : present(length, indexes, rows);
      const blanks = length === null ? 0 : countValid(blank, indexes, rows);
      take(column, group, { kind: 'hashed', rows: indexes?.length ?? rows, blanks, hashes, lengths });
    }
  });
}

function countedBlock(chunk: DuckDBDataChunk, { group }: Layout, take: Take): void {
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
function weightedBlock(chunk: DuckDBDataChunk, { group }: Layout, take: Take): void {
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

type Block = (chunk: DuckDBDataChunk, layout: Layout, take: Take) => void;
const BLOCKS: Record<Exclude<VectorKind, 'time'>, Block> = {
  number: numberBlock,
  weighted: weightedBlock,
  hashed: hashedBlock,
  counted: countedBlock,
};

const isValid = (valid: Uint32Array | null, row: number): boolean => valid === null || ((valid[row >>> 5]! >>> (row & 31)) & 1) === 1;

function countValid(valid: Uint32Array | null, indexes: Uint32Array | null, rows: number): number {
  if (valid === null) return indexes?.length ?? rows;
  let count = 0;
  for (let i = 0; i < (indexes?.length ?? rows); i++) {
    const row = indexes === null ? i : indexes[i]!;
    count += (valid[row >>> 5]! >>> (row & 31)) & 1;
  }
  return count;
}
