import { type Database, parquetTable } from '../../engine/database.ts';
import { ANY_ROAD } from './label-rows.ts';
import type { ReadLabels } from './read-labels.ts';

/** An id that is a whole number written as a float, as pandas writes a column of integers with a gap: `12.0`. In SQL, of `key`. */
export const WHOLE_FLOAT = `regexp_full_match(key, '-?[0-9]{1,15}\\.0')`;
const WHOLE = `regexp_full_match(key, '-?[0-9]+')`;

/**
 * All labels as one table in SQL. The ids of files in which every id is a whole number written as a float are read as whole numbers where the records' ids
 * are such: as they stand they could match none, and no two of a file become one. Null where there are no labels.
 */
export async function labelTable(database: Database, { parquets, floats }: ReadLabels, records: string[]): Promise<string | null> {
  const columns = 'road, place, size, "time", label';
  const whole = floats.size === 0 ? [] : await Promise.all(records.map((table) => allWhole(database, table)));
  const asNumbers = (path: string): boolean => {
    const road = floats.get(path);
    if (road === undefined || whole.length === 0) return false;
    return road === ANY_ROAD ? whole.every((each) => each) : whole[road]!;
  };
  const read = (paths: string[], key: string): string[] =>
    paths.length === 0 ? [] : [`SELECT ${key} AS key, ${columns} FROM ${parquetTable(paths)}`];
  const parts = [
    ...read(
      parquets.filter((path) => !asNumbers(path)),
      'key',
    ),
    ...read(parquets.filter(asNumbers), 'left(key, -2)'),
  ];
  return parts.length === 0 ? null : `(${parts.join(' UNION ALL ')})`;
}

async function allWhole(database: Database, records: string): Promise<boolean> {
  const [found] = await database.rows<{ whole: boolean | null }>(`SELECT bool_and(${WHOLE}) AS whole FROM ${records}`);
  return found!.whole ?? false;
}
