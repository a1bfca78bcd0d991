import type { Database } from '../../engine/database.ts';

/** Ids of more than one row that labels came for one by one: a label cannot tell which of the rows it is of. */
export interface RepeatedIds {
  ids: number;
  rows: number;
  /** Of the smallest such id the first two rows, by their places in the file from 1. */
  sample: { id: string; uri: string; rows: [number, number] };
}

/** Of a table whose rows are no requests; `records` are the places of one key column, `uris` the files they are counted by. */
export async function repeatedIds(database: Database, judged: string, records: string, uris: string[]): Promise<RepeatedIds | null> {
  const alone = `SELECT key FROM ${judged} WHERE status = 'mismatched' GROUP BY key HAVING max(place) = 0`;
  const rows = `SELECT * FROM ${records} SEMI JOIN (${alone}) USING (key)`;
  const [counts] = await database.rows<{ ids: bigint; rows: bigint }>(`SELECT count(DISTINCT key) AS ids, count(*) AS rows FROM (${rows})`);
  if (counts!.ids === 0n) return null;
  const first = await database.rows<{ key: string; file: bigint; row: bigint }>(
    `SELECT key, file, "row" FROM (${rows}) ORDER BY key, file, "row" LIMIT 2`,
  );
  const [one, other] = first.map(({ row }) => Number(row) + 1);
  const { key, file } = first[0]!;
  return { ids: Number(counts!.ids), rows: Number(counts!.rows), sample: { id: key, uri: uris[Number(file)]!, rows: [one!, other!] } };
}
