import { isUtf8 } from 'node:buffer';
import type { Database } from '../../engine/database.ts';
import { Rejections } from '../rejections.ts';
import type { Source, Table } from '../source.ts';
import { FileProblem, readChunks } from '../source-bytes.ts';
import { TableWriter } from '../table-writer.ts';
import { describeJson, isObject, type Json, jsonProblem, parseJson } from './parse-json.ts';
import { splitArray } from './split-array.ts';
import { type Line, splitLines } from './split-lines.ts';

/** A line that cannot become rows; `message` is the reason. */
export class LineProblem extends Error {
  override readonly name = 'LineProblem';
}

/** Makes the rows of one document; throws LineProblem. */
export type DocumentReader = (document: { [key: string]: Json }, line: number, writer: TableWriter) => Promise<void> | undefined;

/** Reads a file of JSON objects, one a line or in one array, and writes the rows `read` makes of them. */
export async function readDocuments(database: Database, source: Source, array: boolean, read: DocumentReader): Promise<Table> {
  const rejections = new Rejections(source.uri, source.keepText);
  const writer = new TableWriter(database, source.stem);
  const chunks = readChunks(source.path, source.gzip);
  try {
    for await (const lines of array ? splitArray(chunks) : splitLines(chunks)) {
      for (const line of lines) await readLine(line, rejections, (document) => read(document, line.number, writer));
    }
    const target = `${source.stem}.parquet`;
    const written = await writer.finish(target);
    if (!written) throw new FileProblem(nothingRead(rejections, writer.rows));
    return { parquet: target, rows: writer.rows, rejections, untyped: written.untyped };
  } catch (error) {
    await writer.discard();
    throw error;
  }
}

const nothingRead = (rejections: Rejections, rows: number): string => {
  const [first] = rejections.lines;
  if (first) return `expected JSON records; none of its ${rejections.count} could be read. Line ${first.line}: ${first.reason}`;
  return rows > 0 ? `expected JSON objects with values; found ${rows} empty ones` : 'expected JSON records; found none';
};

const readLine = async (
  line: Line,
  rejections: Rejections,
  read: (document: { [key: string]: Json }) => Promise<void> | undefined,
): Promise<void> => {
  try {
    const document = parseLine(line);
    if (document) await read(document);
  } catch (error) {
    if (!(error instanceof LineProblem)) throw error;
    rejections.add(line.number, error.message, line.bytes);
  }
};

/** The object in a line; null where the line is blank. */
const parseLine = (line: Line): { [key: string]: Json } | null => {
  if (line.problem) throw new LineProblem(line.problem);
  if (!isUtf8(line.bytes)) throw new LineProblem('not valid UTF-8; save the file as UTF-8');
  const text = line.bytes
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trim();
  if (text === '') return null;
  const document = parseOrReject(text);
  if (!isObject(document)) throw new LineProblem(`${describeJson(document)}, expected an object`);
  return document;
};

const parseOrReject = (text: string): Json => {
  try {
    return parseJson(text);
  } catch (error) {
    throw new LineProblem(jsonProblem(error));
  }
};
