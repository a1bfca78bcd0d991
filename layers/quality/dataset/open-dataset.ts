import { access, constants, mkdtemp, stat, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { InputFormat, Monitor } from '../contract/index.ts';
import type { Database } from '../engine/database.ts';
import type { PhysicalColumn } from '../engine/scan-plan.ts';
import { type CaptureInput, prepareCapture } from './capture/prepare.ts';
import { readCapture } from './capture/read-capture.ts';
import { readCsv } from './csv/read-csv.ts';
import { detectContent, isGzip, isParquet } from './detect-format.ts';
import { harmonise } from './harmonise.ts';
import { readJsonLines } from './json/read-json-lines.ts';
import { checkParquet } from './parquet/check-parquet.ts';
import { KEPT_REJECTIONS } from './rejections.ts';
import type { Source, Table } from './source.ts';
import { contentHead, FileProblem, hashFile, rawHead } from './source-bytes.ts';

export interface SourceFile {
  /** What people see. */
  uri: string;
  /** The local file. */
  path: string;
}

export interface RejectedLine {
  uri: string;
  /** One-based. */
  line: number;
  reason: string;
  /** The line itself, cut at 10,000 characters; only with `keepRejected`. */
  text?: string;
}

export interface DatasetFile {
  uri: string;
  /** Empty before `addHashes`, and of a file that may not be read. */
  sha256: string;
  bytes: number;
  rows: number;
  rejected: number;
  /** Whether its rows are objects that name their own columns: what none of them has may be what each may leave out. */
  keyed?: boolean;
  /** Why the file could not be read; absent when it could. */
  error?: string;
  /** Local Parquet path; null when unreadable. */
  parquet: string | null;
  /** The local file as it came; absent where it may not be read, and where there is none. */
  path?: string;
}

export interface Dataset {
  files: DatasetFile[];
  /** Columns of the union with DuckDB physical types, in first-seen order. */
  columns: PhysicalColumn[];
  rows: number;
  rejected: number;
  /** The first 100. */
  rejectedLines: RejectedLine[];
}

export interface OpenOptions {
  /** An existing, writable folder the database may use. */
  scratch: string;
  /** Overrides what the content looks like. */
  format?: InputFormat;
  input?: Monitor['input'];
  keepRejected?: boolean;
}

interface Opened {
  file: DatasetFile;
  rejectedLines: RejectedLine[];
  untyped: string[];
}

const HEAD_BYTES = 64 << 10;
/** Characters DuckDB would take for a pattern or for a partition. */
const SPECIAL = /[*?[\]{}=]/;

/**
 * Turns files of any supported format into Parquet with one schema. Parquet is used in place, all else is converted, one Parquet file each, in `scratch`.
 * Files are taken in the order of their uris' UTF-8 bytes. Nothing is lost silently: what cannot be a row is counted and named in `rejectedLines`, and a
 * file that cannot be read has an `error` while the others go on. Throws UsageError for options that cannot be used.
 */
export async function openDataset(database: Database, files: SourceFile[], options: OpenOptions): Promise<Dataset> {
  const capture = prepareCapture(options.input);
  const folder = await mkdtemp(join(resolve(options.scratch), 'dataset-'));
  const opened: Opened[] = [];
  for (const [index, file] of [...files].sort(byUri).entries()) {
    opened.push(await openFile(database, file, join(folder, String(index).padStart(6, '0')), options, capture));
  }
  const columns = await harmonise(
    database,
    opened.flatMap(({ file, untyped }) =>
      file.parquet ? [{ parquet: file.parquet, untyped, replace: (path: string) => void (file.parquet = path) }] : [],
    ),
    folder,
  );
  return {
    files: opened.map(({ file }) => file),
    columns,
    rows: opened.reduce((sum, { file }) => sum + file.rows, 0),
    rejected: opened.reduce((sum, { file }) => sum + file.rejected, 0),
    rejectedLines: opened.flatMap(({ rejectedLines }) => rejectedLines).slice(0, KEPT_REJECTIONS),
  };
}

/** Hashes the files, one after the other: apart from opening them, so that it can go on while they are scanned. */
export async function addHashes({ files }: Dataset): Promise<void> {
  for (const file of files) if (file.path !== undefined) file.sha256 = await hashFile(file.path);
}

const byUri = (a: SourceFile, b: SourceFile): number =>
  Buffer.compare(Buffer.from(a.uri), Buffer.from(b.uri)) || Buffer.compare(Buffer.from(a.path), Buffer.from(b.path));

async function openFile(database: Database, file: SourceFile, stem: string, options: OpenOptions, capture: CaptureInput): Promise<Opened> {
  const result: DatasetFile = { uri: file.uri, sha256: '', bytes: 0, rows: 0, rejected: 0, parquet: null };
  try {
    const found = await stat(file.path);
    if (!found.isFile()) throw new FileProblem('expected a file; found a folder or a device');
    result.bytes = found.size;
    await access(file.path, constants.R_OK);
    result.path = file.path;
    const table = await toParquet(database, file, stem, options, capture);
    const { parquet, rows, rejections } = table;
    return {
      file: { ...result, rows, rejected: rejections?.count ?? 0, parquet, ...(table.keyed && { keyed: true }) },
      rejectedLines: rejections?.lines ?? [],
      untyped: table.untyped ?? [],
    };
  } catch (error) {
    return { file: { ...result, error: fileError(error) }, rejectedLines: [], untyped: [] };
  }
}

/** Only problems of the file itself become its `error`; everything else is a fault of ours and is thrown. */
const fileError = (error: unknown): string => {
  if (error instanceof FileProblem) return error.message;
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'expected a file; there is none';
  if (code === 'EACCES' || code === 'EPERM') return 'the file may not be read; check its permissions';
  throw error;
};

type Converted = Omit<Table, 'rejections'> & { rejections?: Table['rejections'] };

async function toParquet(
  database: Database,
  file: SourceFile,
  stem: string,
  options: OpenOptions,
  capture: CaptureInput,
): Promise<Converted> {
  const { uri } = file;
  const raw = await rawHead(file.path, 4);
  if (options.format === 'parquet' || (!options.format && isParquet(raw))) {
    const path = await literalPath(file.path, `${stem}.source.parquet`);
    return { parquet: path, rows: await checkParquet(database, path) };
  }
  const gzip = isGzip(raw);
  const { head } = await contentHead(file.path, gzip, HEAD_BYTES);
  const content = detectContent(head, options.format);
  if ('problem' in content) throw new FileProblem(content.problem);
  const path = await literalPath(file.path, `${stem}.source`);
  const source: Source = { uri, path, gzip, stem, keepText: options.keepRejected ?? false };
  if (content.format === 'csv') return readCsv(database, source, options.input?.names);
  if (content.format === 'jsonlines') return readJsonLines(database, source, content.array);
  if (content.format === 'capture') return readCapture(database, source, capture);
  throw new FileProblem('expected a Parquet file as it is; found one inside gzip. Decompress it first');
}

/** The file under a path that DuckDB reads as it stands. */
const literalPath = async (path: string, link: string): Promise<string> => {
  const absolute = resolve(path);
  if (!SPECIAL.test(absolute)) return absolute;
  await symlink(absolute, link);
  return link;
};
