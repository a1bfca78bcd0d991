import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { formatNumber, plural } from '../contract/format.ts';
import type { Monitor } from '../contract/monitor.ts';
import { type Dataset, openDataset, type SourceFile } from '../dataset/open-dataset.ts';
import type { Database } from '../engine/database.ts';
import type { FoldedWindow } from './audit-fold.ts';
import { filedKeys, type Window } from './audit-parts.ts';
import type { ProcessDependencies } from './dependencies.ts';

export interface WindowRecords {
  /** The records as one table; null where there are none to be had. */
  dataset: Dataset | null;
  /** Identifies the records that were read. */
  read: [hour: number, hash: string][];
  notes: string[];
}

/** An object of the store to be read as a file. */
export interface Wanted {
  bucket: string;
  key: string;
  etag: string;
  bytes: number;
}

const AT_ONCE = 8;

/** Downloads objects side by side; in the order they were given. */
export async function downloadAll({ store }: ProcessDependencies, wanted: Wanted[], folder: string): Promise<SourceFile[]> {
  mkdirSync(folder, { recursive: true });
  const files = wanted.map(({ bucket, key }, i) => ({ uri: `s3://${bucket}/${key}`, path: join(folder, String(i)) }));
  for (let start = 0; start < wanted.length; start += AT_ONCE)
    await Promise.all(
      wanted.slice(start, start + AT_ONCE).map(({ bucket, key, etag }, i) => store.download({ bucket, key, etag }, files[start + i]!.path)),
    );
  return files;
}

/** Why objects are too many to be read here; null where they are not. */
export function tooLarge({ scratchBytes }: ProcessDependencies, wanted: Wanted[], what: string): string | null {
  const bytes = wanted.reduce((sum, object) => sum + object.bytes, 0);
  if (bytes * 3 <= scratchBytes) return null;
  return `${what} ${bytes} bytes, more than a third of the scratch space of ${scratchBytes}`;
}

/** The kept records of the objects that count in a window. */
export async function readRecords(
  deps: ProcessDependencies,
  database: Database,
  { monitor, records }: Monitor,
  window: Window,
  { hashes, files }: FoldedWindow,
): Promise<WindowRecords> {
  const none = (...notes: string[]): WindowRecords => ({ dataset: null, read: [], notes });
  if (records === 'none') return none();
  const filed = (await filedKeys(deps, 'records', monitor, window)).filter(({ hash }) => hashes.has(hash));
  if (filed.length === 0) return none();
  const wanted = filed.map(({ key, etag, bytes }) => ({ bucket: deps.dataBucket, key, etag, bytes }));
  const problem = tooLarge(deps, wanted, 'its records have');
  if (problem !== null) return none(`Accuracy and fairness of the window are not judged: ${problem}; audit shorter windows.`);
  const scratch = join(deps.resources.scratch, 'records');
  const downloaded = await downloadAll(deps, wanted, scratch);
  const dataset = await openDataset(database, downloaded, { scratch, format: 'parquet' });
  const read = filed.map(({ hour, hash }): [number, string] => [hour, hash]);
  const rows = files.reduce((sum, file) => sum + file.rows, 0);
  const fewer =
    dataset.rows < rows
      ? [`Records of ${formatNumber(rows - dataset.rows)} of ${plural(rows, 'row')} are not kept: outcomes are of the others.`]
      : [];
  const broken = dataset.files.flatMap(({ uri, error }) => (error === undefined ? [] : [`Records not read: ${uri}: ${error}`]));
  return { dataset: dataset.rows === 0 ? null : dataset, read, notes: [...fewer, ...broken] };
}
