import { join } from 'node:path';
import { UsageError } from '../contract/errors.ts';
import type { Dataset } from '../dataset/open-dataset.ts';
import { type Database, parquetTable, quoteName, quoteText } from '../engine/database.ts';
import type { JsonShape } from './json-shape.ts';

/** Records as a table of the shape's headers. Values are read as text, and told apart as those of CSV. */
export async function shapeJson(
  database: Database,
  dataset: Dataset,
  shape: JsonShape | null,
  uri: string,
  folder: string,
): Promise<Dataset> {
  if (shape === null) return dataset;
  const files: Dataset['files'] = [];
  for (const [i, file] of dataset.files.entries()) {
    if (file.parquet === null) {
      files.push(file);
      continue;
    }
    const target = join(folder, `${String(i).padStart(6, '0')}.parquet`);
    const rows = await shapeFile(database, file.parquet, target, shape, uri);
    files.push({ ...file, parquet: target, rows });
  }
  const headers = [...shape.features.headers, ...shape.outcomes.map(({ header }) => header)];
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  return { ...dataset, files, rows, columns: headers.map((name) => ({ name, physical: 'VARCHAR' })) };
}

async function shapeFile(database: Database, parquet: string, target: string, shape: JsonShape, uri: string): Promise<number> {
  const { list, features, outcomes } = shape;
  const table = parquetTable([parquet]);
  const described = await database.rows<{ column_name: string }>(`DESCRIBE SELECT * FROM ${table}`);
  const columns = described.map(({ column_name }) => column_name);
  const wanted = [{ at: 'features', key: list ?? features.key }, ...(list === null ? outcomes : [])];
  for (const { at, key } of wanted)
    if (!columns.includes(key)) throw new UsageError(`${uri}: "${at}": records have no "${key}"; they have ${columns.join(', ')}`);
  const records = list === null ? table : `(SELECT unnest(json_extract(${quoteName(list)}, '$[*]')) AS record FROM ${table})`;
  const array = list === null ? quoteName(features.key) : `json_extract(record, ${quoteText(`$.${features.key}`)})`;
  const value = (key: string): string =>
    list === null ? `${quoteName(key)}::VARCHAR` : `json_extract_string(record, ${quoteText(`$.${key}`)})`;
  const width = features.headers.length;
  const wrong = await database.rows<{ n: number | null }>(
    `SELECT json_array_length(${array})::DOUBLE AS n FROM ${records} WHERE json_array_length(${array}) IS DISTINCT FROM ${width} LIMIT 1`,
  );
  if (wrong.length > 0) throw new UsageError(`${uri}: "headers": expected names of ${wrong[0]!.n ?? 'no'} features, got ${width}`);
  const select = [
    ...features.headers.map((name, i) => `json_extract_string(${array}, '$[${i}]') AS ${quoteName(name)}`),
    ...outcomes.map(({ key, header }) => `${value(key)} AS ${quoteName(header)}`),
  ];
  await database.run(`COPY (SELECT ${select.join(', ')} FROM ${records}) TO ${quoteText(target)} (FORMAT parquet)`);
  const [counted] = await database.rows<{ n: number }>(`SELECT count(*)::DOUBLE AS n FROM ${parquetTable([target])}`);
  return counted!.n;
}
