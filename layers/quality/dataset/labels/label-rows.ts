import { type Database, parquetTable, quoteText } from '../../engine/database.ts';
import { KEPT_REJECTIONS } from '../rejections.ts';

/** Labels may be looked up by any key column of the records. */
export const ANY_ROAD = -1;

/** The labels of one file as Parquet, and how to read them: expressions in SQL. */
export interface LabelRows {
  parquet: string;
  line: string;
  id: string;
  /** The number of the key column of the records that the ids are for, or ANY_ROAD. */
  road: number;
  /** Place in the request, as a double; null where a label is for a request of one row. */
  row: string;
  /** Whether a row number was given but cannot be one. */
  badRow: string;
  /** How many labels came together; null where each names its row. */
  size: string;
  seconds: string;
  label: string;
  physical: string;
}

/**
 * Writes labels in the one form all files are brought into: `key`, `road`, `place`, `size`, `time`, `label` as text. Rows without id or label, or with an
 * impossible row number, are left out and named.
 */
export async function writeLabels(
  database: Database,
  rows: LabelRows,
  target: string,
): Promise<{ labels: number; rejected: number; lines: { line: number; reason: string }[] }> {
  const problem = `CASE WHEN ${rows.id} IS NULL THEN 'a label without an id' WHEN ${rows.label} IS NULL THEN 'an id without a label'
    WHEN ${rows.badRow} THEN 'a row number that is no whole number from 0' END`;
  const select = `SELECT ${rows.line} AS line, ${problem} AS problem, ${rows.id} AS key, ${rows.road}::INTEGER AS road,
    TRY_CAST(coalesce(${rows.row}, 0) AS BIGINT) AS place, (${rows.size})::BIGINT AS size,
    (${rows.seconds})::DOUBLE AS "time", ${rows.label} AS label FROM ${parquetTable([rows.parquet])}`;
  await database.run(
    `COPY (SELECT key, road, place, size, "time", label FROM (${select}) WHERE problem IS NULL) TO ${quoteText(target)} (FORMAT parquet)`,
  );
  const [counts] = await database.rows<{ labels: bigint; rejected: bigint }>(
    `SELECT count(*) FILTER (problem IS NULL) AS labels, count(problem) AS rejected FROM (${select})`,
  );
  const [labels, rejected] = [Number(counts!.labels), Number(counts!.rejected)];
  if (rejected === 0) return { labels, rejected, lines: [] };
  const lines = await database.rows<{ line: bigint; reason: string }>(
    `SELECT line::BIGINT AS line, problem AS reason FROM (${select}) WHERE problem IS NOT NULL ORDER BY line LIMIT ${KEPT_REJECTIONS}`,
  );
  return { labels, rejected, lines: lines.map(({ line, reason }) => ({ line: Number(line), reason })) };
}
