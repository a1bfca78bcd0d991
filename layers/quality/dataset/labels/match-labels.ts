import { ANY_ROAD } from './label-rows.ts';
import { typedSql } from './label-type.ts';
import type { MakeTable } from './work-tables.ts';

/** What is matched. */
export interface Matching {
  /** Rows of `writeLabels` as a table in SQL, those without a label too; null where there are none. */
  labels: string | null;
  /** The key columns that ids in them are meant for. */
  roads: Iterable<number>;
  /** Tables of `recordKeysSql`, one a key column, in order of preference; the level of a label is the place of its column among them. */
  records: string[];
  physical: string;
}

/** Tables in SQL: labels with what became of them, the label of each place of a request, and the labels of records. */
export interface Matched {
  judged: string;
  slots: string;
  picks: string;
}

const NO_LABELS = `(SELECT ''::VARCHAR AS key, 0 AS road, 0::BIGINT AS place, 0::BIGINT AS size, 0::DOUBLE AS "time", ''::VARCHAR AS label LIMIT 0)`;
const NO_REQUESTS = `SELECT 0 AS level, ''::VARCHAR AS key, 0::BIGINT AS size LIMIT 0`;
const NO_HITS = 'SELECT 0 AS level, 0::BIGINT AS file, 0::BIGINT AS "row", 0::BIGINT AS slot LIMIT 0';

/** Finds the label of every record by aggregates and hash joins alone, so that no order plays a part. */
export async function matchLabels(make: MakeTable, { labels, roads, records, physical }: Matching): Promise<Matched> {
  const requests = await make(
    'requests',
    union(records, (from, level) => `SELECT DISTINCT ${level} AS level, key, size FROM ${from}`, NO_REQUESTS),
  );
  const owners = await make('owners', ownersSql(requests, roads));
  const placed = await make('placed', placedSql(labels ?? NO_LABELS, owners, physical));
  const judged = await make('judged', judgedSql(placed, requests));
  const slots = await make('slots', slotsSql(await make('times', timesSql(judged))));
  const hits = await make(
    'hits',
    union(records, (from, level) => hitsSql(from, level, slots), NO_HITS),
  );
  const picks = await make('picks', picksSql(hits, slots));
  return { judged, slots, picks };
}

const union = (tables: string[], select: (table: string, level: number) => string, none: string): string =>
  tables.map(select).join(' UNION ALL ') || none;

/** The key column an id belongs to: the first that knows it, or the one it was meant for. */
const ownersSql = (requests: string, roads: Iterable<number>): string =>
  [...roads]
    .map((road) =>
      road === ANY_ROAD
        ? `SELECT key, ${road} AS road, min(level) AS level FROM ${requests} GROUP BY key`
        : `SELECT DISTINCT key, ${road} AS road, level FROM ${requests} WHERE level = ${road}`,
    )
    .join(' UNION ALL ') || `SELECT ''::VARCHAR AS key, 0 AS road, 0 AS level LIMIT 0`;

const placedSql = (labels: string, owners: string, physical: string): string => `
  SELECT o.level, road, key, l.place, l.size, coalesce(l."time", '-infinity'::DOUBLE) AS "time", ${typedSql(physical)} AS label
  FROM ${labels} l LEFT JOIN ${owners} o USING (road, key) WHERE l.label IS NOT NULL`;

/**
 * Whether a request has the row a label names, or as many rows as labels came; once for each size of a request where it has several. Two joins of plain
 * comparisons: with one of either condition DuckDB compares every label with every request.
 */
const judgedSql = (placed: string, requests: string): string => {
  const joined = (which: string, condition: string, otherwise: string): string => `
    SELECT l.* EXCLUDE (size), r.size, CASE WHEN r.size IS NOT NULL THEN 'fits' WHEN l.level IS NULL THEN 'unmatched' ELSE '${otherwise}' END AS status
    FROM (SELECT * FROM ${placed} WHERE ${which}) l LEFT JOIN ${requests} r ON r.level = l.level AND r.key = l.key AND ${condition}`;
  return `${joined('size IS NULL', 'l.place < r.size', 'unmatched')} UNION ALL ${joined('size IS NOT NULL', 'l.size = r.size', 'mismatched')}`;
};

const timesSql = (judged: string): string => `
  SELECT level, key, size, place, "time", min(label) AS low, max(label) AS high
  FROM ${judged} WHERE status = 'fits' GROUP BY level, key, size, place, "time"`;

/** One label for each place of each request: the newest, and whether others as new differ from it. */
const slotsSql = (times: string): string => `
  SELECT level, key, size, place, arg_max(low, "time") AS label, arg_max(low <> high, "time") AS conflict
  FROM ${times} GROUP BY level, key, size, place`;

/** Records that a key column has a label or a conflict for. A slot is known by its place in its file. */
const hitsSql = (records: string, level: number, slots: string): string => `
  SELECT ${level} AS level, r.file, r."row", s.slot
  FROM ${records} r JOIN (SELECT key, size, place, file_row_number AS slot FROM ${slots} WHERE level = ${level}) s USING (key, size, place)`;

/** Each record's label by the most preferred column that has one. A conflict there is none, whatever another column says. */
const picksSql = (hits: string, slots: string): string => `
  SELECT h.file, h."row", h.slot, CASE WHEN NOT s.conflict THEN s.label END AS label
  FROM ${hits} h SEMI JOIN (SELECT file, "row", min(level) AS level FROM ${hits} GROUP BY file, "row") b USING (file, "row", level)
  JOIN (SELECT file_row_number AS slot, label, conflict FROM ${slots}) s USING (slot)`;
