import { type Database, parquetTable, quoteText } from '../../engine/database.ts';
import { KEPT_REJECTIONS } from '../rejections.ts';

/** Labels may be looked up by any key column of the records. */
export const ANY_ROAD = -1;

/** The labels of one file as Parquet, and how to read them: expressions in SQL. */
export interface LabelRows {
  parquet: string;
  line: string;
  /** Whether `line` is the place in a table. */
  isTable: boolean;
  id: string;
  /** The number of the key column of the records that the id is for, or ANY_ROAD. */
  road: string;
  /** Those it may be. */
  roads: readonly number[];
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

/** What the rows of one file came to. */
export interface WrittenLabels {
  labels: number;
  /** Rows whose label is not there yet. */
  pending: number;
  rejected: number;
  lines: { line: number; reason: string }[];
}

/**
 * Writes labels in the one form all files are brought into: `key`, `road`, `place`, `size`, `time`, `label` as text, null where it is not there yet.
 * Labels without an id, or with an impossible row number, are left out and named.
 */
export async function writeLabels(database: Database, rows: LabelRows, target: string): Promise<WrittenLabels> {
  const status = `CASE WHEN ${rows.label} IS NULL THEN 'pending' WHEN ${rows.id} IS NULL THEN 'a label without an id'
    WHEN ${rows.badRow} THEN 'a row number that is no whole number from 0' ELSE 'label' END`;
  const select = `SELECT ${rows.line} AS line, ${status} AS status, ${rows.id} AS key, (${rows.road})::INTEGER AS road,
    TRY_CAST(coalesce(${rows.row}, 0) AS BIGINT) AS place, (${rows.size})::BIGINT AS size,
    (${rows.seconds})::DOUBLE AS "time", ${rows.label} AS label FROM ${parquetTable([rows.parquet])}`;
  await database.run(
    `COPY (SELECT key, road, place, size, "time", label FROM (${select}) WHERE status IN ('label', 'pending')) TO ${quoteText(target)} (FORMAT parquet)`,
  );
  const [counts] = await database.rows<Record<'labels' | 'pending' | 'rejected', bigint>>(
    `SELECT count(*) FILTER (status = 'label') AS labels, count(*) FILTER (status = 'pending') AS pending,
      count(*) FILTER (status NOT IN ('label', 'pending')) AS rejected FROM (${select})`,
  );
  const [labels, pending, rejected] = [Number(counts!.labels), Number(counts!.pending), Number(counts!.rejected)];
  if (rejected === 0) return { labels, pending, rejected, lines: [] };
  const lines = await database.rows<{ line: bigint; reason: string }>(
    `SELECT line::BIGINT AS line, status AS reason FROM (${select}) WHERE status NOT IN ('label', 'pending') ORDER BY line LIMIT ${KEPT_REJECTIONS}`,
  );
  return { labels, pending, rejected, lines: lines.map(({ line, reason }) => ({ line: Number(line), reason })) };
}
