import { join } from 'node:path';
import { type Database, parquetTable, quoteName, quoteText } from '../../engine/database.ts';
import type { DatasetFile } from '../open-dataset.ts';

/** Writes every file again with its labels as the last column, its rows in their order; a file that could not be read stays as it is. */
export async function writeJoined(
  database: Database,
  files: DatasetFile[],
  label: string,
  picks: string,
  folder: string,
): Promise<DatasetFile[]> {
  const joined: DatasetFile[] = [];
  let index = 0;
  for (const file of files) {
    if (file.parquet === null) {
      joined.push({ ...file });
      continue;
    }
    const target = join(folder, `${String(index).padStart(6, '0')}.parquet`);
    await database.run(`
      COPY (
        SELECT r.*, p.label AS ${quoteName(label)} FROM ${parquetTable([file.parquet])} r
        LEFT JOIN (SELECT "row" AS place, label FROM ${picks} WHERE file = ${index}) p ON p.place = r.file_row_number
        ORDER BY r.file_row_number
      ) TO ${quoteText(target)} (FORMAT parquet)`);
    joined.push({ ...file, parquet: target });
    index++;
  }
  return joined;
}
