import { UsageError } from '../contract/errors.ts';
import type { Dataset } from '../dataset/open-dataset.ts';
import type { Database } from '../engine/database.ts';
import { classTextSql } from '../engine/outcome-sql.ts';
import type { Source } from '../engine/scan-plan.ts';
import { physicalOf, ROW_NUMBER, sourceSql } from '../engine/source-sql.ts';
import type { JoinedNames } from './config-names.ts';
import { findColumn } from './find-column.ts';
import type { ParsedConfig } from './parse-config.ts';
import { KEY, type Picked, type Taken, unmatchedNote, writeJoined } from './write-predictions.ts';

export interface JoinRequest {
  parsed: ParsedConfig;
  dataset: Dataset;
  /** The predictions, as a table, and how many they are. */
  predictions: Source;
  rows: number;
  /** An existing folder the database may write. */
  folder: string;
}

/** The data with the predictions of another file as their last columns, by row order or by a column of both. Names that are taken get a suffix. */
export async function joinPredictions(
  database: Database,
  request: JoinRequest,
): Promise<{ dataset: Dataset; names: JoinedNames; note: string | null }> {
  const { parsed, dataset, predictions } = request;
  const { config, uri } = parsed;
  const all = predictions.columns.map(({ name }) => name);
  const at = config.joinsource_name_or_index;
  const key = at === undefined ? null : findColumn(at, all, uri, 'joinsource_name_or_index (of predicted_label_dataset_uri)');
  const score = config.probability === undefined ? null : findColumn(config.probability, all, uri, 'probability');
  const implied = score === null ? (all.filter((name) => name !== key).at(-1) ?? null) : null;
  const label = config.predicted_label === undefined ? implied : findColumn(config.predicted_label, all, uri, 'predicted_label');
  const taken = dataset.columns.map(({ name }) => name.toLowerCase());
  const columns = [label, score].flatMap((from): Taken[] => {
    if (from === null) return [];
    let as = from;
    for (let i = 1; taken.includes(as.toLowerCase()); i++) as = `${from}_${i}`;
    taken.push(as.toLowerCase());
    return [{ from, as, physical: physicalOf(predictions, from) }];
  });
  const picked = key === null ? inOrder(request) : await byKey(database, request, key);
  const files = await writeJoined(database, request, columns, picked);
  const note = key === null ? null : await unmatchedNote(database, request, picked);
  const nameOf = (from: string | null, i: number): string | null => (from === null ? null : columns.at(i)!.as);
  return {
    dataset: { ...dataset, files, columns: [...dataset.columns, ...columns.map(({ as, physical }) => ({ name: as, physical }))] },
    names: { prediction: nameOf(label, 0), score: nameOf(score, -1) },
    note,
  };
}

function inOrder({ parsed, dataset, predictions, rows }: JoinRequest): Picked {
  if (rows !== dataset.rows)
    throw new UsageError(
      `${parsed.uri}: "predicted_label_dataset_uri": ${rows} predictions for ${dataset.rows} rows; name a column to join by (joinsource_name_or_index)`,
    );
  return {
    table: `(SELECT *, ${ROW_NUMBER} AS ${KEY} FROM ${sourceSql(predictions, ROW_NUMBER)})`,
    keyOf: (offset) => `file_row_number + ${offset}`,
  };
}

async function byKey(database: Database, { parsed, dataset, predictions }: JoinRequest, key: string): Promise<Picked> {
  const { config, uri } = parsed;
  const own = findColumn(
    typeof config.joinsource_name_or_index === 'number' ? config.joinsource_name_or_index : key,
    dataset.columns.map(({ name }) => name),
    uri,
    'joinsource_name_or_index',
  );
  const theirs = classTextSql(key, physicalOf(predictions, key));
  const table = sourceSql(predictions, null);
  const [found] = await database.rows<{ repeated: number }>(
    `SELECT (count(k) - count(DISTINCT k))::DOUBLE AS repeated FROM (SELECT (${theirs}) AS k FROM ${table})`,
  );
  if (found!.repeated > 0)
    throw new UsageError(
      `${uri}: "joinsource_name_or_index": ${found!.repeated} predictions repeat a value of "${key}": which belongs to a row is not known`,
    );
  const mine = classTextSql(own, dataset.columns.find(({ name }) => name === own)!.physical);
  return { table: `(SELECT *, (${theirs}) AS ${KEY} FROM ${table})`, keyOf: () => mine };
}
