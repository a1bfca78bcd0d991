/** A column of a query of outcomes: a value, or a code below `size`. */
export interface Part {
  /** A double without nulls. */
  sql: string;
  /** Null for values. */
  size: number | null;
  /** What a code is of, where numbers cross as they are and become codes on this side: several times as fast as SQL. */
  numbers?: NumberCodes;
}

export interface NumberCodes {
  /** A double, NaN where missing. */
  sql: string;
  codes: { numbers: [number, number][] } | { above: number | null; upTo: number | null };
  /** Of a number that has none; of an interval, of those outside. */
  other: number;
  missing: number;
}

type Field = { column: number; half: 0 | 1; shift: number; mask: number } | { column: number; of: NumberCodes | null };

/** Doubles from 2^52 on are whole numbers that end in 52 free bits: 32 in their lower half, 20 in the upper. */
const HALVES = [32, 20] as const;
const FIRST = 2 ** 52;

interface Word {
  terms: string[];
  used: [number, number];
}

/** Which columns of doubles carry the parts of a query: one for each value, and one for as many codes as it holds. */
export function packColumns(parts: Part[]): { columns: string[]; fields: Field[] } {
  const plain = parts.filter(({ size, numbers }) => size === null || numbers !== undefined);
  const words: Word[] = [];
  const fields = parts.map((part): Field => {
    const { size, numbers, sql } = part;
    if (size === null || numbers !== undefined) return { column: plain.indexOf(part), of: numbers ?? null };
    const bits = Math.max(1, Math.ceil(Math.log2(size)));
    const fits = ({ used }: Word): boolean => HALVES.some((room, half) => used[half]! + bits <= room);
    let word = words.find(fits);
    if (word === undefined) words.push((word = { terms: [`${FIRST}::DOUBLE`], used: [0, 0] }));
    const half = HALVES.findIndex((room, k) => word.used[k]! + bits <= room) as 0 | 1;
    const shift = word.used[half];
    word.used[half] += bits;
    word.terms.push(`${sql} * ${2 ** (32 * half + shift)}::DOUBLE`);
    return { column: plain.length + words.indexOf(word), half, shift, mask: 2 ** bits - 1 };
  });
  return { columns: [...plain.map(({ sql, numbers }) => numbers?.sql ?? sql), ...words.map(({ terms }) => terms.join(' + '))], fields };
}

export type OutcomeColumn = Uint16Array | Float64Array;

/** Takes the parts of a query out of its packed columns, for blocks of at most so many rows. What it gives is overwritten by the next. */
export function unpacker(fields: Field[], most: number): (columns: Float64Array[], rows: number) => OutcomeColumn[] {
  const readers = fields.map((field) => {
    if ('of' in field && field.of === null) return ({ [field.column]: column }: Float64Array[]): OutcomeColumn => column!;
    const codes = new Uint16Array(most);
    const read = 'of' in field ? numberReader(field.of!) : wordReader(field);
    return ({ [field.column]: column }: Float64Array[], rows: number): OutcomeColumn => {
      read(column!, rows, codes);
      return codes;
    };
  });
  return (columns, rows) => readers.map((read) => read(columns, rows));
}

type Read = (column: Float64Array, rows: number, into: Uint16Array) => void;

function wordReader({ half, shift, mask }: Extract<Field, { half: number }>): Read {
  return (column, rows, into) => {
    const halves = new Uint32Array(column.buffer, column.byteOffset, 2 * rows);
    for (let i = 0; i < rows; i++) into[i] = (halves[2 * i + half]! >>> shift) & mask;
  };
}

function numberReader({ codes, other, missing }: NumberCodes): Read {
  if ('above' in codes) return intervalReader(codes, other, missing);
  const numbers = codes.numbers.map(([number]) => number);
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  if (numbers.length > 0 && numbers.every(Number.isInteger) && high - low < MOST_IN_TABLE)
    return tableReader(codes.numbers, low, high, other, missing);
  const known = new Map(codes.numbers);
  return (column, rows, into) => {
    for (let i = 0; i < rows; i++) into[i] = known.get(column[i]!) ?? (Number.isNaN(column[i]!) ? missing : other);
  };
}

/** A bound that is not there lets even the infinite in. */
function intervalReader({ above, upTo }: { above: number | null; upTo: number | null }, other: number, missing: number): Read {
  const [low, high] = [above ?? Number.NEGATIVE_INFINITY, upTo ?? Number.POSITIVE_INFINITY];
  const open = above === null;
  return (column, rows, into) => {
    for (let i = 0; i < rows; i++) {
      const value = column[i]!;
      into[i] = value <= high && (value > low || open) ? 0 : Number.isNaN(value) ? missing : other;
    }
  };
}

const MOST_IN_TABLE = 4096;

function tableReader(codes: [number, number][], low: number, high: number, other: number, missing: number): Read {
  const table = new Uint16Array(high - low + 1).fill(other);
  for (const [number, code] of codes) table[number - low] = code;
  return (column, rows, into) => {
    for (let i = 0; i < rows; i++) {
      const value = column[i]!;
      const place = (value - low) | 0;
      into[i] = place + low === value && place >= 0 && place < table.length ? table[place]! : Number.isNaN(value) ? missing : other;
    }
  };
}
