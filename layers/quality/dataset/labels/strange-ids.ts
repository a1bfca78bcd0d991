import type { Database } from '../../engine/database.ts';
import type { ColumnOf } from './table-columns.ts';

/** An id, and what it looks like without saying which it is: letters are `a` or `A`, digits `9`. */
export interface IdSample {
  form: string;
  id: string;
}

/** Ids of labels of which none is an id of a record, beside those of the records. */
export interface StrangeIds {
  label: IdSample;
  record: IdSample & { column: string };
  /** Ids of labels that are numbers of the records written otherwise: `0.0` for `0`, `007` for `7`. The samples are then one of them and its number. */
  sameNumber: number;
}

const SHOWN = 40;
const replaced = (text: string, pattern: string, by: string): string => `regexp_replace(${text}, '${pattern}', '${by}', 'g')`;
const FORM = replaced(
  replaced(replaced(`left(key, ${SHOWN})`, '\\p{Lu}', 'A'), '[\\p{Ll}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]', 'a'),
  '\\p{N}',
  '9',
);
/** A whole number without leading zeros and decimals; null of all else. */
const NUMBER = `nullif(regexp_extract(key, '^0*(0|[1-9][0-9]*)(?:\\.0*)?$', 1), '')`;

/** How the ids of labels and of records differ; null where either side has none. */
export async function strangeIds(database: Database, judged: string, records: string[], keys: ColumnOf[]): Promise<StrangeIds | null> {
  for (const [level, table] of records.entries()) {
    const pair = await sameNumbers(database, judged, table);
    const label = pair?.label ?? (await commonest(database, judged));
    const record = pair?.record ?? (await commonest(database, table));
    if (label && record) return { label, record: { ...record, column: keys[level]!.name }, sameNumber: pair?.count ?? 0 };
  }
  return null;
}

/** The smallest id of the form that most ids have. */
async function commonest(database: Database, table: string): Promise<IdSample | undefined> {
  const [found] = await database.rows<IdSample & Record<string, unknown>>(`
    SELECT ${FORM} AS form, min(key) AS id FROM (SELECT DISTINCT key FROM ${table}) GROUP BY form ORDER BY count(*) DESC, form LIMIT 1`);
  return found && { form: found.form, id: found.id };
}

async function sameNumbers(
  database: Database,
  judged: string,
  table: string,
): Promise<{ label: IdSample; record: IdSample; count: number } | undefined> {
  const numbers = (
    from: string,
  ): string => `SELECT ${NUMBER} AS number, min(key) AS key, count(*) AS ids FROM (SELECT DISTINCT key FROM ${from})
    WHERE ${NUMBER} IS NOT NULL GROUP BY number`;
  const formed = (from: string): string => `SELECT *, ${FORM} AS form FROM (${numbers(from)})`;
  const [found] = await database.rows<{ id: string; form: string; recordId: string; recordForm: string; count: bigint }>(`
    SELECT l.key AS id, l.form AS form, r.key AS "recordId", r.form AS "recordForm", (sum(l.ids) OVER ())::BIGINT AS count
    FROM (${formed(judged)}) l JOIN (${formed(table)}) r USING (number) ORDER BY l.key LIMIT 1`);
  if (found === undefined) return undefined;
  return {
    label: { form: found.form, id: found.id },
    record: { form: found.recordForm, id: found.recordId },
    count: Number(found.count),
  };
}
