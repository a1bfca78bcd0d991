import { digestOf } from '../contract/digest.ts';
import { type Database, quoteName } from '../engine/database.ts';
import type { Source } from '../engine/scan-plan.ts';
import { physicalOf, ROW_NUMBER, sourceSql } from '../engine/source-sql.ts';

/** Identifies the labels of a table that came apart from it: which rows have one, and which, not the files they came in. */
export async function labelDigest(database: Database, source: Source, label: string): Promise<string> {
  const value = `${quoteName(label)}::VARCHAR`;
  const [row] = await database.rows<{ labels: bigint; digest: string | null }>(
    `SELECT count(*) AS labels, bit_xor(md5_number(concat(${ROW_NUMBER}, ' ', ${value})))::VARCHAR AS digest
      FROM ${sourceSql(source, ROW_NUMBER)} WHERE ${quoteName(label)} IS NOT NULL`,
  );
  return digestOf([physicalOf(source, label), String(row!.labels), row!.digest]);
}
