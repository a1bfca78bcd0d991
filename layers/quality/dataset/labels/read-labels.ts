import { join } from 'node:path';
import { UsageError } from '../../contract/index.ts';
import type { Database } from '../../engine/database.ts';
import { openDataset, type RejectedLine, type SourceFile } from '../open-dataset.ts';
import { KEPT_REJECTIONS } from '../rejections.ts';
import { FileProblem } from '../source-bytes.ts';
import type { RejectedLabel } from './facts.ts';
import type { LabelQuery } from './label-path.ts';
import { ANY_ROAD, type LabelRows, writeLabels } from './label-rows.ts';
import { detectGroundTruth, readGroundTruth } from './read-ground-truth.ts';
import { type TableNames, tableRows } from './table-columns.ts';
import { labelSql, secondsSql } from './value-sql.ts';

export interface ReadLabels {
  /** Parquet files in the form of `writeLabels`; those without rows are left out. */
  parquets: string[];
  labels: number;
  /** The key columns their ids are meant for. */
  roads: Set<number>;
  /** The physical types their labels had. */
  physicals: Set<string>;
  rejected: number;
  rejectedLines: RejectedLabel[];
  problems: { uri: string; error: string }[];
}

export interface LabelReading {
  /** A folder the database may write to. */
  folder: string;
  names: TableNames;
  query: LabelQuery | undefined;
}

interface Opened {
  rows: LabelRows;
  rejected: number;
  lines: RejectedLine[];
}

/** Reads label files one by one, in the order of their uris; one that cannot be used is a problem, and the others go on. Throws UsageError where none can. */
export async function readLabels(database: Database, files: SourceFile[], reading: LabelReading): Promise<ReadLabels> {
  const read: ReadLabels = {
    parquets: [],
    labels: 0,
    roads: new Set(),
    physicals: new Set(),
    rejected: 0,
    rejectedLines: [],
    problems: [],
  };
  const bytes = ({ uri, path }: SourceFile): Buffer => Buffer.from(`${uri}\0${path}`);
  for (const [index, file] of [...files].sort((a, b) => Buffer.compare(bytes(a), bytes(b))).entries()) {
    const stem = join(reading.folder, `labels-${index}`);
    const opened = await openLabels(database, file, stem, reading);
    if (typeof opened === 'string') read.problems.push({ uri: file.uri, error: opened });
    else await take(database, read, file.uri, `${stem}.rows.parquet`, opened);
  }
  if (files.length > 0 && read.problems.length === files.length) throw new UsageError(noneOf(read.problems));
  return read;
}

function noneOf(problems: ReadLabels['problems']): string {
  const [first, ...others] = problems.map(({ uri, error }) => `${uri}: ${error}`);
  return others.length === 0 ? first! : `labels: none of ${problems.length} files can be used. ${first}`;
}

async function take(database: Database, read: ReadLabels, uri: string, target: string, { rows, rejected, lines }: Opened): Promise<void> {
  const written = await writeLabels(database, rows, target);
  if (written.labels + written.pending > 0) read.parquets.push(target);
  if (written.labels > 0) {
    read.physicals.add(rows.physical);
    for (const road of rows.roads) read.roads.add(road);
  }
  read.labels += written.labels;
  read.rejected += rejected + written.rejected;
  const place = rows.isTable ? { isRow: true as const } : {};
  const all: RejectedLabel[] = [...lines, ...written.lines.map((line) => ({ uri, ...line, ...place }))];
  read.rejectedLines.push(...all.slice(0, KEPT_REJECTIONS - read.rejectedLines.length));
}

/** The labels of one file, or why it cannot be read. */
async function openLabels(database: Database, file: SourceFile, stem: string, reading: LabelReading): Promise<Opened | string> {
  const found = await detectGroundTruth(file.path);
  try {
    if (found === null) return await openTable(database, file, reading);
    const source = { uri: file.uri, path: file.path, gzip: found.gzip, stem, keepText: false };
    const { parquet, rejections } = await readGroundTruth(database, source, found.array, reading.names.label, reading.query);
    return { rows: groundTruthRows(parquet), rejected: rejections.count, lines: rejections.lines };
  } catch (error) {
    if (error instanceof FileProblem) return error.message;
    throw error;
  }
}

const groundTruthRows = (parquet: string): LabelRows => ({
  parquet,
  line: 'line',
  isTable: false,
  id: 'trim(id)',
  road: `${ANY_ROAD}`,
  roads: [ANY_ROAD],
  row: '"row"',
  badRow: 'false',
  size: '"size"',
  seconds: secondsSql('time', 'VARCHAR'),
  label: labelSql('label', 'VARCHAR'),
  physical: 'VARCHAR',
});

async function openTable(database: Database, file: SourceFile, reading: LabelReading): Promise<Opened | string> {
  const { files, columns, rejected, rejectedLines } = await openDataset(database, [file], { scratch: reading.folder });
  const { parquet, error } = files[0]!;
  if (parquet === null) return error!;
  return { rows: tableRows(parquet, columns, reading.names), rejected, lines: rejectedLines };
}
