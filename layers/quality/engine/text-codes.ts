import { type Database, textSql } from './database.ts';
import { readDoubles } from './group-stream.ts';
import type { CodeReader } from './parts.ts';

/** Texts that cross as hashes and become codes on this side: their places among some values, as many for any other, and one more where there is none. */
export interface TextCodes {
  /** A text, or null. */
  sql: string;
  values: readonly string[];
}

/** 53 bits of the hash of a text, as a double; of a null too. */
export const textHashSql = (text: string): string => `(hash(${text}) >> 11)::DOUBLE`;

/** Readers of hashes, one for each list of values. */
export async function textReaders(database: Database, lists: (readonly string[])[]): Promise<CodeReader[]> {
  const texts = lists.flatMap((values) => [...values.map(textSql), 'NULL']);
  if (texts.length === 0) return [];
  const hashes = await readDoubles(database, `SELECT ${textHashSql('value')} FROM unnest([${texts.join(', ')}]::VARCHAR[]) AS t(value)`);
  let end = 0;
  return lists.map(({ length }) => hashReader(hashes.subarray(end, (end += length + 1))));
}

/** No hash. */
const NONE = -1;

/** Reads the hashes of values and, last, of none, by open addressing; all others are of no value. */
function hashReader(hashes: Float64Array): CodeReader {
  const values = hashes.length - 1;
  const size = 2 ** Math.ceil(Math.log2(4 * hashes.length));
  const mask = size - 1;
  const known = new Float64Array(size).fill(NONE);
  const codes = new Uint16Array(size).fill(values);
  // Of a double's lower half all bits but the last few are as good as drawn.
  const placeOf = (lower: number, hash: number): number => {
    for (let place = (lower >>> 8) & mask; ; place = (place + 1) & mask) if (known[place] === hash || known[place] === NONE) return place;
  };
  const halves = (column: Float64Array): Uint32Array => new Uint32Array(column.buffer, column.byteOffset, 2 * column.length);
  for (const [code, hash] of hashes.entries()) {
    const place = placeOf(halves(hashes)[2 * code]!, hash);
    known[place] = hash;
    codes[place] = code < values ? code : values + 1;
  }
  return (column, rows, into) => {
    const lower = halves(column);
    for (let i = 0; i < rows; i++) into[i] = codes[placeOf(lower[2 * i]!, column[i]!)]!;
  };
}
