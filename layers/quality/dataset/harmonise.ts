import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { allDone } from '../engine/all-done.ts';
import { type Database, parquetTable, quoteName, quoteText } from '../engine/database.ts';

export interface HarmonisedFile {
  parquet: string;
  /** Columns with nothing but nulls in a file whose format has no types. */
  untyped: string[];
  /** Called with the path of a rewritten copy. */
  replace: (path: string) => void;
}

type Columns = Map<string, { name: string; physical: string }>;

const NUMERIC = /^(U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|DECIMAL.*)$/;
const TEMPORAL = /^(DATE|TIMESTAMP.*)$/;

/**
 * Gives the files one schema: a column that only nulls fill takes the type it has elsewhere, and a column whose types do not go together (text and time,
 * truth values and numbers) becomes VARCHAR. Files that differ are rewritten in `folder`. Returns the columns in first-seen order.
 */
export async function harmonise(
  database: Database,
  files: HarmonisedFile[],
  folder: string,
): Promise<{ name: string; physical: string }[]> {
  if (files.length === 0) return [];
  const schemas = await allDone(files.map((file) => schemaOf(database, [file.parquet])));
  const wanted = new Map<string, Wanted>();
  for (const key of new Set(schemas.flatMap((schema) => [...schema.keys()]))) {
    const typed = files.flatMap((file, i) => {
      const column = schemas[i]!.get(key);
      return column && !file.untyped.includes(column.name) ? [column.physical] : [];
    });
    wanted.set(key, commonType(typed));
  }
  const paths: string[] = [];
  for (const [i, file] of files.entries()) {
    const changes = changesOf(schemas[i]!, file, wanted);
    paths.push(changes.length > 0 ? await rewrite(database, file, changes, join(folder, `harmonised-${i}.parquet`)) : file.parquet);
  }
  return [...(await schemaOf(database, paths)).values()];
}

/** What to cast a column to: null where DuckDB finds the common type while reading. `untyped` is for files where it holds only nulls. */
interface Wanted {
  typed: string | null;
  untyped: string;
}

const commonType = (types: string[]): Wanted => {
  const distinct = [...new Set(types)];
  if (distinct.length === 0 || distinct.includes('VARCHAR')) return { typed: null, untyped: 'VARCHAR' };
  if (distinct.length === 1 || distinct.every((type) => TEMPORAL.test(type))) return { typed: null, untyped: distinct[0]! };
  if (distinct.every((type) => NUMERIC.test(type))) return { typed: null, untyped: 'TINYINT' };
  return { typed: 'VARCHAR', untyped: 'VARCHAR' };
};

const changesOf = (schema: Columns, file: HarmonisedFile, wanted: Map<string, Wanted>): { name: string; physical: string }[] =>
  [...schema].flatMap(([key, { name, physical }]) => {
    const { typed, untyped } = wanted.get(key)!;
    const type = file.untyped.includes(name) ? untyped : typed;
    return type === null || type === physical ? [] : [{ name, physical: type }];
  });

async function rewrite(
  database: Database,
  file: HarmonisedFile,
  changes: { name: string; physical: string }[],
  target: string,
): Promise<string> {
  const casts = changes.map(({ name, physical }) => `CAST(${quoteName(name)} AS ${physical}) AS ${quoteName(name)}`).join(', ');
  const select = `SELECT * REPLACE (${casts}) FROM ${parquetTable([file.parquet])}`;
  await database.run(`COPY (${select}) TO ${quoteText(`${target}.part`)} (FORMAT parquet)`);
  await rename(`${target}.part`, target);
  file.replace(target);
  return target;
}

async function schemaOf(database: Database, paths: string[]): Promise<Columns> {
  const rows = await database.rows<{ column_name: string; column_type: string }>(`DESCRIBE SELECT * FROM ${parquetTable(paths)}`);
  return new Map(rows.map(({ column_name: name, column_type: physical }) => [name.toLowerCase(), { name, physical }]));
}
