/** A value of JSON or CSV on its way to a column. `RawNumber` is an integer beyond 2^53: a number would keep its value at best, not its digits. */
export type Cell = string | number | boolean | null | RawNumber | Date;

export class RawNumber {
  constructor(readonly digits: string) {}
}

/** What a column has held, as bits; together they decide its type. */
export const KIND = { text: 1, boolean: 2, integer: 4, float: 8, exactInteger: 16, hugeInteger: 32, time: 64, roundInteger: 128 } as const;

const BIGINT_LIMIT = 2n ** 63n;

export const kindOf = (cell: Exclude<Cell, null>): number => {
  if (typeof cell === 'string') return KIND.text;
  if (typeof cell === 'boolean') return KIND.boolean;
  if (typeof cell === 'number') return Number.isSafeInteger(cell) && !Object.is(cell, -0) ? KIND.integer : KIND.float;
  if (cell instanceof Date) return KIND.time;
  const value = BigInt(cell.digits);
  const number = Number(cell.digits);
  const isDouble = Number.isFinite(number) && BigInt(number) === value;
  if (value < BIGINT_LIMIT && value >= -BIGINT_LIMIT) return isDouble ? KIND.roundInteger : KIND.exactInteger;
  return isDouble ? KIND.float : KIND.hugeInteger;
};

/** The text DuckDB casts back to the same value. */
export const textOf = (cell: Exclude<Cell, null>): string => {
  if (typeof cell === 'string') return cell;
  if (cell instanceof Date) return cell.toISOString().slice(0, -1);
  if (cell instanceof RawNumber) return cell.digits;
  return Object.is(cell, -0) ? '-0' : String(cell);
};

/**
 * The type of a column that held these kinds: BOOLEAN, BIGINT or DOUBLE where every value keeps its meaning and its digits, else VARCHAR. A column of
 * nothing but nulls is VARCHAR too.
 */
export const physicalType = (kinds: number): 'BOOLEAN' | 'BIGINT' | 'DOUBLE' | 'TIMESTAMP' | 'VARCHAR' => {
  if (kinds === KIND.boolean) return 'BOOLEAN';
  if (kinds === KIND.time) return 'TIMESTAMP';
  if (kinds !== 0 && (kinds & ~(KIND.integer | KIND.roundInteger | KIND.exactInteger)) === 0) return 'BIGINT';
  if (kinds !== 0 && (kinds & ~(KIND.integer | KIND.roundInteger | KIND.float)) === 0) return 'DOUBLE';
  return 'VARCHAR';
};
