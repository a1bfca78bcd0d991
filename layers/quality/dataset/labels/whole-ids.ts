import { type Database, parquetTable } from '../../engine/database.ts';
import { ANY_ROAD } from './label-rows.ts';

/** An id that is a whole number written as a float, as pandas writes a column of integers with a gap: `12.0`. In SQL, of `key`. */
const WHOLE_FLOAT = `regexp_full_match(key, '-?[0-9]{1,15}\\.0')`;
const WHOLE = `regexp_full_match(key, '-?[0-9]+')`;

/**
 * All labels as one table in SQL, those that are not there yet too. Ids that are whole numbers written as floats are read as whole numbers where all of the
 * records' ids are such: as they stand they could match none. Null where there are no rows.
 */
export async function labelTable(database: Database, parquets: string[], records: string[]): Promise<string | null> {
  if (parquets.length === 0) return null;
  const table = parquetTable(parquets);
  const [found] = await database.rows<{ floats: boolean | null }>(`SELECT bool_or(${WHOLE_FLOAT}) AS floats FROM ${table}`);
  const roads = found!.floats ? await wholeRoads(database, records) : [];
  const key =
    roads.length === 0 ? 'key' : `CASE WHEN road IN (${roads.join(', ')}) AND ${WHOLE_FLOAT} THEN left(key, -2) ELSE key END AS key`;
  return `(SELECT ${key}, road, place, size, "time", label FROM ${table})`;
}

/** The key columns whose ids are all whole numbers, and labels for any of them where that is so of each. */
async function wholeRoads(database: Database, records: string[]): Promise<number[]> {
  const whole = await Promise.all(records.map((table) => allWhole(database, table)));
  const roads = whole.flatMap((is, road) => (is ? [road] : []));
  return roads.length > 0 && roads.length === records.length ? [ANY_ROAD, ...roads] : roads;
}

async function allWhole(database: Database, records: string): Promise<boolean> {
  const [found] = await database.rows<{ whole: boolean | null }>(`SELECT bool_and(${WHOLE}) AS whole FROM ${records}`);
  return found!.whole ?? false;
}
