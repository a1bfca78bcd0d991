import { parquetTable, quoteName, quoteText } from './database.ts';
import type { Source } from './scan-plan.ts';

/** The name of the row's place in the table (file order, then row order), for plans that group by it. */
export const ROW_NUMBER = '"\u0001row"';
const FILE = '"\u0001file"';

/** The table in SQL; with the row's place as ROW_NUMBER where `expression` uses it. */
export function sourceSql(source: Source, expression: string | null): string {
  if (source.paths.length === 0) return emptyTable(source);
  const table = parquetTable(source.paths);
  const nulls = nullColumns(source.columns.filter(({ absent }) => absent));
  if (!expression?.includes(ROW_NUMBER)) return nulls.length === 0 ? table : `(SELECT ${['*', ...nulls].join(', ')} FROM ${table})`;
  const offsets = source.paths.map((path, i) => `WHEN ${quoteText(path)} THEN ${source.offsets?.[i] ?? 0}`).join(' ');
  const numbered = `${table.slice(0, -1)}, file_row_number = true, filename = ${FILE.replaceAll('"', "'")})`;
  return `(SELECT ${['*', ...nulls].join(', ')}, file_row_number + CASE ${FILE} ${offsets} END AS ${ROW_NUMBER} FROM ${numbered})`;
}

/** A table of the same columns without rows: files with a header alone, or none that could be read. */
function emptyTable({ columns }: Source): string {
  return `(SELECT ${[...nullColumns(columns), `0 AS ${ROW_NUMBER}`].join(', ')} LIMIT 0)`;
}

const nullColumns = (columns: Source['columns']): string[] =>
  columns.map(({ name, physical }) => `NULL::${physical} AS ${quoteName(name)}`);

export const physicalOf = (source: Source, name: string): string =>
  source.columns.find((column) => column.name === name)?.physical ?? 'VARCHAR';

/** Values as they are, counted: to write millions of them as text would take longer than all else. */
export const countedSql = (source: Source, column: string): string =>
  `(SELECT ${quoteName(column)}, count(*) AS n FROM ${sourceSql(source, null)} GROUP BY 1)`;
