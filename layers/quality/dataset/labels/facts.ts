import type { Database } from '../../engine/database.ts';
import type { RejectedLine } from '../open-dataset.ts';
import type { Matched } from './match-labels.ts';
import type { RepeatedIds } from './repeated-ids.ts';
import type { StrangeIds } from './strange-ids.ts';

export interface RejectedLabel extends RejectedLine {
  /** `line` is the place of the row in its table, from 1. */
  isRow?: true;
}

/**
 * What became of the labels. A label's key is its id and its row within the request. Each label read is the one of its key or a duplicate, and each key
 * that is not a duplicate is used, conflicting, mismatched or unmatched. All but `files`, `rejectedLines` and `problems` depend on the set of labels, not on their files.
 */
export interface LabelFacts {
  /** Label files given. */
  files: number;
  /** Labels read, those rejected not among them. */
  labels: number;
  /** Records that got a label. */
  matched: number;
  records: number;
  /** Records that got none. */
  unlabelled: number;
  /** Keys without a record. */
  unmatched: number;
  /** Those of them whose request is there, and has no such row. */
  beyond: number;
  /** Labels beyond the one used for its key, and labels of records that have one by a preferred column. */
  duplicates: number;
  /** Keys whose newest labels differ at the same time: they give no label. */
  conflicts: number;
  /** Keys of requests of which as many labels came as it has not rows: none is used. */
  mismatched: number;
  /** Keys of which every label is null, blank or NaN: it is not there yet. */
  pending: number;
  /** Lines that are no label: unreadable, without id, of an impossible row number. */
  rejected: number;
  /** The first 100, in the order of their files. */
  rejectedLines: RejectedLabel[];
  /** Files that could not be read at all, and tables without id or label column. */
  problems: { uri: string; error: string }[];
  /** The columns of the records that labels were looked up by, in order of preference. */
  keys: string[];
  /** How the ids differ where no label has the id of a record. The ids in it are for a terminal, not for a report. */
  strange: StrangeIds | null;
  /** Ids that repeat in a table whose rows are no requests, of those that labels came for: they are among the mismatched. */
  repeated: RepeatedIds | null;
}

export type JoinCounts = Pick<LabelFacts, 'matched' | 'unmatched' | 'beyond' | 'duplicates' | 'conflicts' | 'mismatched'>;

/** Keys that came without a label, and with none from elsewhere. */
export async function countPending(database: Database, labels: string | null): Promise<number> {
  if (labels === null) return 0;
  const keys = `SELECT key, place FROM ${labels} GROUP BY key, place HAVING count(label) = 0`;
  const [found] = await database.rows<{ keys: bigint }>(`SELECT count(*) AS keys FROM (${keys})`);
  return Number(found!.keys);
}

/** Counts over what `matchLabels` made of so many labels. */
export async function countJoin(database: Database, labels: number, { judged, slots, picks }: Matched): Promise<JoinCounts> {
  const keys = `SELECT DISTINCT level, key, place, status FROM ${judged}`;
  const perKey = `SELECT bool_or(s.conflict) AS conflict, bool_or(p.slot IS NOT NULL) AS used
    FROM (SELECT *, file_row_number AS slot FROM ${slots}) s LEFT JOIN (SELECT DISTINCT slot FROM ${picks}) p USING (slot)
    GROUP BY s.level, s.key, s.place`;
  const count = async (columns: string, from: string): Promise<Record<string, number>> => {
    const [row] = await database.rows<Record<string, bigint>>(`SELECT ${columns} FROM ${from}`);
    return Object.fromEntries(Object.entries(row!).map(([name, n]) => [name, Number(n)]));
  };
  const all = await count(
    `count(*) AS keys, count(*) FILTER (status = 'unmatched') AS unmatched,
      count(*) FILTER (status = 'unmatched' AND level IS NOT NULL) AS beyond, count(*) FILTER (status = 'mismatched') AS mismatched`,
    `(${keys})`,
  );
  const of = await count(
    `count(*) FILTER (conflict) AS conflicts, count(*) FILTER (NOT conflict AND NOT used) AS overridden`,
    `(${perKey})`,
  );
  const { matched } = await count('count(label) AS matched', picks);
  return {
    matched: matched!,
    unmatched: all.unmatched!,
    beyond: all.beyond!,
    duplicates: labels - all.keys! + of.overridden!,
    conflicts: of.conflicts!,
    mismatched: all.mismatched!,
  };
}
