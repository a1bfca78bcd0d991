import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { UsageError } from '../../contract/index.ts';
import type { Database } from '../../engine/database.ts';
import type { Dataset, SourceFile } from '../open-dataset.ts';
import { countJoin, countPending, type LabelFacts } from './facts.ts';
import { idFacts } from './id-facts.ts';
import { compileLabelPath } from './label-path.ts';
import { ANY_ROAD } from './label-rows.ts';
import { labelType } from './label-type.ts';
import { matchLabels } from './match-labels.ts';
import { readLabels } from './read-labels.ts';
import { type IdNames, idColumn, keyColumns, nothingToJoinBy, parquetsOf, recordKeysSql } from './record-keys.ts';
import { type ColumnOf, findColumn, labelNames, type TableNames } from './table-columns.ts';
import { labelTable } from './whole-ids.ts';
import { type MakeTable, workTables } from './work-tables.ts';
import { writeJoined } from './write-joined.ts';

export interface JoinedLabels {
  /** The same files, rows and columns in the same order, and the label column last: null where a record has none. */
  dataset: Dataset;
  facts: LabelFacts;
}

export interface LabelOptions extends IdNames {
  /** An existing, writable folder the database may use. */
  scratch: string;
  /** Name of the label column to make. */
  label: string;
  /** JMESPath to the labels in a JSON ground truth payload. */
  labelPath?: string;
}

/**
 * Gives records the labels that came apart from them, as SageMaker ground truth or as tables of ids and labels, by `inference_id`, else `event_id`, else
 * the id column; one that only looks like it is taken where a table of labels has its name. Rows of a many-row request share the id: label i is for row i of it in file order, and none is used where their numbers differ. A request
 * delivered in two files is labelled in both. Of several labels the newest counts, one without time as the oldest; differing ones of the same time are a
 * conflict and give none. The result depends on the set of labels alone, not on their order or
 * files. Every record is kept; no label files, or files of other days, leave all of them unlabelled. Throws UsageError where the label column is there already, the records have nothing to join by, or no
 * label file can be used. Not at the same time as another use of the `Database`.
 */
export async function joinLabels(database: Database, dataset: Dataset, files: SourceFile[], options: LabelOptions): Promise<JoinedLabels> {
  const { label } = options;
  if (findColumn(dataset.columns, [label])) {
    throw new UsageError(`labels: the records already have a column "${label}"; name another label column, or check without label files`);
  }
  const query = compileLabelPath(options.labelPath);
  const keys = keyColumns(dataset, options);
  const names = tableNames(idColumn(dataset, options), keys, label);
  const folder = await mkdtemp(join(resolve(options.scratch), 'labels-'));
  const work = join(folder, 'work');
  await mkdir(work);
  try {
    const read = await readLabels(database, files, { folder: work, names, query });
    if (options.id === undefined && names.idRoad !== ANY_ROAD && read.labels > 0 && !read.roads.has(names.idRoad))
      throw nothingToJoinBy(dataset, options);
    const physical = await labelType(database, read);
    const make = workTables(database, work);
    const records = await recordKeys(make, dataset, keys);
    const labels = await labelTable(database, read.parquets, records);
    const matched = await matchLabels(make, { labels, roads: read.roads, records, physical });
    const counts = await countJoin(database, read.labels, matched);
    const joined = await writeJoined(database, dataset.files, label, matched.picks, folder);
    return {
      dataset: { ...dataset, files: joined, columns: [...dataset.columns, { name: label, physical }] },
      facts: {
        ...{ files: files.length, labels: read.labels },
        ...counts,
        ...{ records: dataset.rows, unlabelled: dataset.rows - counts.matched },
        ...{
          pending: await countPending(database, labels),
          rejected: read.rejected,
          rejectedLines: read.rejectedLines,
          problems: read.problems,
        },
        keys: keys.map(({ name }) => name),
        ...(await idFacts(database, counts, { judged: matched.judged, records, keys, dataset })),
      },
    };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

const tableNames = (id: string | undefined, keys: ColumnOf[], label: string): TableNames => ({
  keys: keys.map(({ name }) => name),
  idRoad: id === undefined ? ANY_ROAD : keys.findIndex(({ name }) => name.toLowerCase() === id.toLowerCase()),
  label: labelNames(label),
});

async function recordKeys(make: MakeTable, dataset: Dataset, keys: ColumnOf[]): Promise<string[]> {
  if (parquetsOf(dataset).length === 0) return [];
  const tables: string[] = [];
  for (const [level, column] of keys.entries()) tables.push(await make(`records-${level}`, recordKeysSql(dataset, column)));
  return tables;
}
