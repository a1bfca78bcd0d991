import { type Database, parquetTable } from '../../engine/database.ts';
import { isPhysicallyNumeric, isPhysicallyTemporal } from '../../engine/readers.ts';
import type { ReadLabels } from './read-labels.ts';

/** Digits of a whole number that is a double of its own. */
const MOST_DIGITS = 15;

/**
 * The type of the label column: the one all files give their labels; where they have none or differ BOOLEAN if every label is true or false, BIGINT if every
 * one reads as an integer, DOUBLE if as a number, else VARCHAR, as without labels: so codes of more digits than an integer has, of which a double would make
 * one, stay apart. Depends on the values read alone, not on the files they came in.
 */
export async function labelType(database: Database, { parquets, physicals }: ReadLabels): Promise<string> {
  const [only] = physicals;
  if (only === undefined) return 'VARCHAR';
  if (physicals.size === 1 && (only === 'BOOLEAN' || isPhysicallyNumeric(only) || isPhysicallyTemporal(only))) return only;
  const integer = `regexp_full_match(label, '[-+]?[0-9]+')`;
  const [counts] = await database.rows<{ integers: boolean; numbers: boolean; booleans: boolean; long: boolean }>(`
    SELECT bool_and(lower(label) IN ('true', 'false')) AS booleans, bool_and(${integer} AND TRY_CAST(label AS BIGINT) IS NOT NULL) AS integers,
      bool_and(TRY_CAST(label AS DOUBLE) IS NOT NULL AND NOT contains(label, '_')) AS numbers, bool_or(${integer} AND length(label) > ${MOST_DIGITS}) AS long
    FROM ${parquetTable(parquets)} WHERE label IS NOT NULL`);
  if (counts!.booleans) return 'BOOLEAN';
  if (counts!.integers) return 'BIGINT';
  return counts!.numbers && !counts!.long ? 'DOUBLE' : 'VARCHAR';
}

/** A label's text as a value of that type. Equal labels are the same bytes: zero has no sign, and whole numbers no point even among texts. */
export function typedSql(physical: string): string {
  if (physical === 'DOUBLE') return 'CAST(label AS DOUBLE) + 0';
  return physical === 'VARCHAR' ? `regexp_replace(label, '^(-?[0-9]{1,${MOST_DIGITS}})\\.0+$', '\\1')` : `CAST(label AS ${physical})`;
}
