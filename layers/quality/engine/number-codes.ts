import type { CodeReader } from './parts.ts';

/** Numbers that cross as they are and become codes on this side. */
export interface NumberCodes {
  /** A double, NaN where missing. */
  sql: string;
  codes: { numbers: [number, number][] } | { above: number | null; upTo: number | null };
  /** Of a number that has none; of an interval, of those outside. */
  other: number;
  missing: number;
}

export function numberReader({ codes, other, missing }: NumberCodes): CodeReader {
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
function intervalReader({ above, upTo }: { above: number | null; upTo: number | null }, other: number, missing: number): CodeReader {
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

function tableReader(codes: [number, number][], low: number, high: number, other: number, missing: number): CodeReader {
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
