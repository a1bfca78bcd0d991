import { isUtf8 } from 'node:buffer';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { type Database, quoteName, quoteText } from '../../engine/database.ts';
import { isShortage } from '../../engine/shortage.ts';
import { Rejections } from '../rejections.ts';
import type { Source, Table } from '../source.ts';
import { contentHead, FileProblem, readChunks } from '../source-bytes.ts';
import { uniqueNames } from '../unique-names.ts';
import { LONGEST_RECORD } from './record-scanner.ts';
import { type CsvScan, CsvScanner } from './scan-csv.ts';
import { type Dialect, sniffDialect } from './sniff-dialect.ts';

const SAMPLE_BYTES = 256 << 10;
/** DuckDB's own default for its buffers is 16 of the longest lines; these keep its memory small. */
const SMALLEST_LINE = 256 << 10;
const BUFFER = 4 << 20;
/** Every thread that writes Parquet holds 2,048 values of each column several times: of so many columns one thread is faster than several that spill. */
const WIDE = 1000;

/**
 * Converts a CSV file to Parquet, every column VARCHAR: an empty field is null, a quoted empty field is a blank string. A first pass over the bytes
 * finds the records and rejects those that cannot be rows, by line; DuckDB then parses the file in place, or a copy of its good records. The two have
 * to agree on the number of rows.
 */
export async function readCsv(database: Database, source: Source, names?: readonly string[]): Promise<Table> {
  const dialect = await dialectOf(source, names);
  const rejections = new Rejections(source.uri, source.keepText);
  const scan = await new CsvScanner(dialect, rejections, null).scan(readChunks(source.path, source.gzip));
  const target = `${source.stem}.parquet`;
  if (!scan.clean || !(await convertInPlace(database, source, dialect, target, scan)))
    await convertCopy(database, source, dialect, target, scan);
  return { parquet: target, rows: scan.rows, rejections };
}

async function dialectOf(source: Source, names?: readonly string[]): Promise<Dialect> {
  for (let size = SAMPLE_BYTES; ; size *= 8) {
    const { head, whole } = await contentHead(source.path, source.gzip, size);
    const text = head.subarray(0, 3).toString('hex') === 'efbbbf' ? head.subarray(3) : head;
    const dialect = sniffDialect(text, whole, names);
    if (dialect?.names.some((name) => name.includes('\ufffd')) && !isUtf8(firstLine(text)))
      throw new FileProblem('expected UTF-8; the header is not. Save the file as UTF-8');
    if (dialect) return dialect;
    if (whole || size > LONGEST_RECORD) throw new FileProblem('expected CSV; found no line that can be split into fields');
  }
}

const firstLine = (text: Buffer): Buffer => {
  const end = text.findIndex((byte) => byte === 0x0a || byte === 0x0d);
  return end < 0 ? text : text.subarray(0, end);
};

async function convertInPlace(database: Database, source: Source, dialect: Dialect, target: string, scan: CsvScan): Promise<boolean> {
  try {
    return (await convert(database, source.path, source.gzip, dialect, target, scan.longest)) === scan.rows;
  } catch (error) {
    if (isShortage(error)) throw error;
    return false;
  }
}

async function convertCopy(
  database: Database,
  source: Source,
  dialect: Dialect,
  target: string,
  { rows, longest }: CsvScan,
): Promise<void> {
  const copy = `${source.stem}.csv`;
  await writeGoodRecords(source, dialect, copy);
  const found = await convert(database, copy, false, { ...dialect, header: false }, target, longest);
  await rm(copy);
  if (found !== rows) throw new FileProblem(`counted ${rows} CSV records, but ${found} came out of parsing them`);
}

async function writeGoodRecords(source: Source, dialect: Dialect, copy: string): Promise<void> {
  const file = createWriteStream(copy, { highWaterMark: 1 << 20 });
  const done = finished(file);
  done.catch(() => {}); // it is awaited in the end, and may fail before
  const drained = async (): Promise<void> => void (await Promise.race([once(file, 'drain'), done]));
  const sink = (record: Buffer): Promise<void> | undefined => {
    file.write(record);
    return file.write('\n') ? undefined : drained();
  };
  await new CsvScanner(dialect, null, sink).scan(readChunks(source.path, source.gzip));
  file.end();
  await done;
}

async function convert(
  database: Database,
  path: string,
  gzip: boolean,
  dialect: Dialect,
  target: string,
  longest: number,
): Promise<number> {
  const lineSize = Math.max(SMALLEST_LINE, 2 * longest);
  const columns = dialect.names.map((_, i) => `'c${i}': 'VARCHAR'`).join(', ');
  const select = uniqueNames(dialect.names).map((name, i) => `c${i} AS ${quoteName(name)}`);
  const options = [
    `auto_detect = false, header = ${dialect.header}, columns = {${columns}}, delim = ${quoteText(dialect.delimiter)}, quote = '"', escape = '"'`,
    `nullstr = '', allow_quoted_nulls = false, strict_mode = true, null_padding = false, ignore_errors = false, hive_partitioning = false`,
    `compression = '${gzip ? 'gzip' : 'none'}', max_line_size = ${lineSize}, buffer_size = ${Math.max(BUFFER, lineSize)}`,
  ];
  const table = `read_csv(${quoteText(path)}, ${options.join(', ')})`;
  await copy(database, `COPY (SELECT ${select.join(', ')} FROM ${table}) TO ${quoteText(target)} (FORMAT parquet)`, select.length);
  const [found] = await database.rows<{ n: bigint }>(`SELECT count(*) AS n FROM read_parquet(${quoteText(target)})`);
  return Number(found!.n);
}

async function copy(database: Database, sql: string, columns: number): Promise<void> {
  if (columns < WIDE) return database.run(sql);
  const single = await database.singleThreaded();
  try {
    await single.run(sql);
  } finally {
    single.close();
  }
}
