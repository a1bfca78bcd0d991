import { type Database, quoteName, quoteText } from '../engine/database.ts';
import { isPhysicallyNumeric } from '../engine/readers.ts';
import type { Source } from '../engine/scan-plan.ts';
import { physicalOf, sourceSql } from '../engine/source-sql.ts';
import type { ColumnFacts } from '../metrics/fairness/index.ts';

/** A column as Clarify's data frame has it, with the SQL to read it. */
export interface PandasColumn {
  name: string;
  facts: ColumnFacts;
  /** Largest number; null where there is none. */
  maximum: number | null;
  /** SQL of its text and of its number; both null where there is none. */
  text: string;
  number: string;
}

interface Found {
  present: number;
  missing: number;
  /** Of those the words for it. */
  words: number;
  whole: number;
  numbers: number;
  booleans: number;
  distinct: number;
  maximum: number | null;
}

/** Text and number of a column in SQL; blank text and NaN are none. */
export function columnSql(name: string, physical: string): { text: string; number: string } {
  const quoted = quoteName(name);
  const blank = `nullif(trim(${quoted}::VARCHAR), '')`;
  const text = physical === 'DOUBLE' || physical === 'FLOAT' ? `CASE WHEN isnan(${quoted}) THEN NULL ELSE ${blank} END` : blank;
  if (isPhysicallyNumeric(physical) || physical === 'BOOLEAN') return { text, number: `${quoted}::DOUBLE` };
  return { text, number: `TRY_CAST(${text} AS DOUBLE)` };
}

export interface PandasOptions {
  /** False where the file does not say types (CSV), so that they are told from the values. */
  typed: boolean;
  /** Whether different values are counted, and words for missing looked for: Clarify's guess needs them. */
  distinct: boolean;
}

/** What pandas reads in CSV as no value. */
const WORDS = ['#N/A', '#NA', 'N/A', 'NA', 'NULL', 'NaN', 'None', '<NA>', 'n/a', 'nan', 'null', '-NaN', '-nan'];
function withoutWords(given: string): Pick<PandasColumn, 'text' | 'number'> {
  const text = `CASE WHEN ${given} IN (${WORDS.map(quoteText).join(', ')}) THEN NULL ELSE ${given} END`;
  return { text, number: `TRY_CAST(${text} AS DOUBLE)` };
}

/** What pandas takes columns for; whole numbers with gaps among them are floats there. */
export async function pandasColumns(
  database: Database,
  source: Source,
  names: readonly string[],
  { typed, distinct }: PandasOptions,
): Promise<Map<string, PandasColumn>> {
  const columns = new Map<string, PandasColumn>();
  for (const name of new Set(names)) {
    const physical = physicalOf(source, name);
    const sql = columnSql(name, physical);
    const read = async (of: typeof sql): Promise<PandasColumn & Pick<Found, 'words'>> => {
      const found = await foundIn(database, source, physical, { ...of, raw: sql.text, distinct });
      return { name, facts: factsOf(physical, found, typed), maximum: found.maximum, ...of, words: found.words };
    };
    const { words, ...column } = await read(!typed && distinct && physical === 'VARCHAR' ? withoutWords(sql.text) : sql);
    // In a column of texts the words are values like any other.
    columns.set(name, words > 0 && column.facts.type === 'text' ? await read(sql) : column);
  }
  return columns;
}

async function foundIn(
  database: Database,
  source: Source,
  physical: string,
  { text, number, raw, distinct }: { text: string; number: string; raw: string; distinct: boolean },
): Promise<Found> {
  const numeric = isPhysicallyNumeric(physical);
  const [found] = await database.rows<Found>(
    `SELECT count(${text})::DOUBLE AS present, (count(*) - count(${text}))::DOUBLE AS missing, (count(${raw}) - count(${text}))::DOUBLE AS words,
      max(${number}) FILTER (NOT isnan(${number})) AS maximum, ${distinct ? `count(DISTINCT ${numeric ? number : text})::DOUBLE` : '0.0::DOUBLE'} AS distinct,
      ${numeric ? NO_TEXTS : textCounts(text, number)}
    FROM ${sourceSql(source, null)}`,
  );
  return found!;
}

const NO_TEXTS = '0.0::DOUBLE AS whole, 0.0::DOUBLE AS numbers, 0.0::DOUBLE AS booleans';
const textCounts = (text: string, number: string): string =>
  `count(*) FILTER (regexp_matches(${text}, '^[+-]?[0-9]+$'))::DOUBLE AS whole, count(${number})::DOUBLE AS numbers,
        count(*) FILTER (lower(${text}) IN ('true', 'false'))::DOUBLE AS booleans`;

function factsOf(physical: string, found: Found, typed: boolean): ColumnFacts {
  const { present, missing, whole, numbers, booleans, distinct } = found;
  const of = (type: ColumnFacts['type'], integerLike = false): ColumnFacts => ({ type, integerLike, distinct, count: present });
  const numeric = (integers: boolean): ColumnFacts => of(integers && missing === 0 ? 'integer' : 'float');
  if (physical === 'BOOLEAN') return of('boolean');
  if (isPhysicallyNumeric(physical)) return numeric(/INT/.test(physical));
  const allWhole = present > 0 && whole === present;
  if (typed) return of('text', allWhole && missing === 0);
  if (present > 0 && booleans === present) return of('boolean');
  return present > 0 && numbers === present ? numeric(allWhole) : of('text');
}

/** The text Python writes for a value: True, 1, 1.0. */
export function pythonText({ facts, text, number }: PandasColumn): string {
  if (facts.type === 'boolean') return `CASE lower(${text}) WHEN 'true' THEN 'True' WHEN 'false' THEN 'False' END`;
  if (facts.type === 'integer') return `coalesce(TRY_CAST(${text} AS HUGEINT)::VARCHAR, ${text})`;
  // Minus zero is zero.
  return facts.type === 'float' ? `(${number} + 0)::VARCHAR` : text;
}

export const isNumericColumn = ({ facts }: PandasColumn): boolean => facts.type !== 'text' && facts.type !== 'category';
