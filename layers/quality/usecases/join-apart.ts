import { isRequestKey, type JoinedLabels, joinLabels } from '../dataset/labels/index.ts';
import type { Dataset, SourceFile } from '../dataset/open-dataset.ts';
import type { Database } from '../engine/database.ts';
import { type ColumnHints, inferColumns } from '../engine/infer-columns.ts';
import { sourceOf } from './profile-dataset.ts';

export interface ApartOptions {
  scratch: string;
  /** Name of the label column to make. */
  label: string;
  /** The id column, where it was said. */
  id: string | undefined;
}

/** The data with labels that came apart from it as a column, and that column's role among the hints. */
export async function joinApart(
  database: Database,
  dataset: Dataset,
  files: SourceFile[],
  hints: ColumnHints,
  { scratch, label, id }: ApartOptions,
): Promise<JoinedLabels> {
  const ids = id === undefined ? { likelyIds: await likelyIds(database, dataset, hints) } : { id };
  const joined = await joinLabels(database, dataset, files, { scratch, label, ...ids });
  hints.set(label, { ...hints.get(label), role: 'label' });
  return joined;
}

/** Columns that a report would take for ids, where the data has nothing else to join by. */
async function likelyIds(database: Database, dataset: Dataset, hints: ColumnHints): Promise<string[]> {
  if (dataset.rows === 0 || dataset.columns.some(isRequestKey)) return [];
  const columns = await inferColumns(database, sourceOf(dataset), hints, dataset.rows);
  return columns.flatMap(({ name, role }) => (role === 'id' ? [name] : []));
}
