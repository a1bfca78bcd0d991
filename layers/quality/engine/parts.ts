import type { Database } from './database.ts';
import { type NumberCodes, numberReader } from './number-codes.ts';
import { type TextCodes, textHashSql, textReaders } from './text-codes.ts';

/** A column of a query of outcomes. */
export interface Part {
  /** A double without nulls: a value, or a code. */
  sql: string;
  /** What a code is of, where numbers cross as they are, or texts as hashes, and become codes on this side: several times as fast as SQL. */
  numbers?: NumberCodes;
  texts?: TextCodes;
}

/** Fills in the codes of rows from what crossed. */
export type CodeReader = (column: Float64Array, rows: number, into: Uint16Array) => void;

/** Codes, or values as they crossed. */
export type OutcomeColumn = Uint16Array | Float64Array;

export interface Crossing {
  /** SQL of doubles without nulls, one for each part. */
  columns: string[];
  /** How each is read; null for what crosses as it is. */
  readers: (CodeReader | null)[];
}

/** What crosses of the parts of a query, and how it is read. */
export async function crossingOf(database: Database, parts: Part[]): Promise<Crossing> {
  const texts = parts.flatMap(({ texts }) => texts ?? []);
  const ofTexts = await textReaders(
    database,
    texts.map(({ values }) => values),
  );
  return {
    columns: parts.map(({ sql, numbers, texts }) => numbers?.sql ?? (texts === undefined ? sql : textHashSql(texts.sql))),
    readers: parts.map(({ numbers, texts: of }) => (numbers ? numberReader(numbers) : of ? ofTexts[texts.indexOf(of)]! : null)),
  };
}

/** Reads the parts out of what crossed, for blocks of at most so many rows. What it gives is overwritten by the next. */
export function partReader({ readers }: Crossing, most: number): (columns: Float64Array[], rows: number) => OutcomeColumn[] {
  const codes = readers.map((read) => (read === null ? null : new Uint16Array(most)));
  return (columns, rows) =>
    readers.map((read, k) => {
      if (read === null) return columns[k]!;
      read(columns[k]!, rows, codes[k]!);
      return codes[k]!;
    });
}
