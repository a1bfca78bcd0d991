import type { Database } from '../../engine/database.ts';
import type { Dataset } from '../open-dataset.ts';
import type { JoinCounts, LabelFacts } from './facts.ts';
import { isRequestKey } from './record-keys.ts';
import { repeatedIds } from './repeated-ids.ts';
import { strangeIds } from './strange-ids.ts';
import type { ColumnOf } from './table-columns.ts';

interface Joined {
  judged: string;
  records: string[];
  keys: ColumnOf[];
  dataset: Dataset;
}

/** What is wrong with ids, where something is. */
export async function idFacts(
  database: Database,
  { matched, unmatched, beyond, conflicts, mismatched }: JoinCounts,
  { judged, records, keys, dataset }: Joined,
): Promise<Pick<LabelFacts, 'strange' | 'repeated'>> {
  const unknown = unmatched > 0 && matched + beyond + conflicts + mismatched === 0;
  const plain = mismatched > 0 && keys.length === 1 && !isRequestKey(keys[0]!);
  const uris = dataset.files.flatMap(({ uri, parquet }) => (parquet === null ? [] : [uri]));
  return {
    strange: unknown ? await strangeIds(database, judged, records, keys) : null,
    repeated: plain ? await repeatedIds(database, judged, records[0]!, uris) : null,
  };
}
