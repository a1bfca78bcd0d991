import { join } from 'node:path';
import type { Dataset } from '../dataset/open-dataset.ts';
import { type Database, parquetTable, quoteName, quoteText } from '../engine/database.ts';

/** A column of predictions: its name there, its name here, its physical type. */
export interface Taken {
  from: string;
  as: string;
  physical: string;
}

/** Predictions in SQL with what a row is found by, KEY, and the SQL of the same of a row of the data whose file starts at an offset. */
export interface Picked {
  table: string;
  keyOf: (offset: number) => string;
}
export const KEY = '"\u0001key"';
const PLACE = '"\u0001place"';

/** Every file again with its predictions as last columns, its rows in their order. */
export async function writeJoined(
  database: Database,
  { dataset, folder }: { dataset: Dataset; folder: string },
  columns: Taken[],
  { table, keyOf }: Picked,
): Promise<Dataset['files']> {
  const files: Dataset['files'] = [];
  let offset = 0;
  const select = [`r.* EXCLUDE (${KEY}, ${PLACE})`, ...columns.map(({ from, as }) => `p.${quoteName(from)} AS ${quoteName(as)}`)].join(
    ', ',
  );
  for (const [i, file] of dataset.files.entries()) {
    if (file.parquet === null || file.rows === 0) {
      files.push(file);
      continue;
    }
    const target = join(folder, `${String(i).padStart(6, '0')}.parquet`);
    const own = `(SELECT *, (${keyOf(offset)}) AS ${KEY}, file_row_number AS ${PLACE} FROM ${parquetTable([file.parquet])})`;
    await database.run(
      `COPY (SELECT ${select} FROM ${own} r LEFT JOIN ${table} p ON p.${KEY} = r.${KEY} ORDER BY r.${PLACE}) TO ${quoteText(target)} (FORMAT parquet)`,
    );
    files.push({ ...file, parquet: target });
    offset += file.rows;
  }
  return files;
}

/** How many rows have none, in words; null where all have. */
export async function unmatchedNote(
  database: Database,
  { dataset }: { dataset: Dataset },
  { table, keyOf }: Picked,
): Promise<string | null> {
  const paths = dataset.files.flatMap(({ parquet, rows }) => (parquet === null || rows === 0 ? [] : [parquet]));
  if (paths.length === 0) return null;
  const [found] = await database.rows<{ n: number }>(
    `SELECT count(*)::DOUBLE AS n FROM (SELECT (${keyOf(0)}) AS ${KEY} FROM ${parquetTable(paths)}) r ANTI JOIN ${table} p ON p.${KEY} = r.${KEY}`,
  );
  return found!.n === 0 ? null : `${found!.n} of ${dataset.rows} rows have no prediction`;
}
