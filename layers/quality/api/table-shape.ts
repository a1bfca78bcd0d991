import { parseJson } from './body.ts';
import { Problem } from './problem.ts';
import { requireRecords } from './table-body.ts';

/** Columns of a table that somebody waits for. */
export const MOST_COLUMNS = 1000;
/** Rows × columns: a few bytes of JSON may ask for a table of any size, one new key a line. */
const MOST_CELLS = 5_000_000;
/** A line with more delimiters is no line of a table that could be judged, whatever is quoted in it. */
const MOST_DELIMITERS = 4 * MOST_COLUMNS;
const DEEPEST = 100;

export type TableKind = 'csv' | 'jsonlines' | 'json';

/** What the first character of a body says. */
export const kindOf = (body: Buffer): TableKind => {
  const first = body
    .subarray(0, 1000)
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart()[0];
  return first === '[' ? 'json' : first === '{' ? 'jsonlines' : 'csv';
};

/** Refuses what would take the engine minutes or more memory than there is, before it is handed over. */
export function requireShape(body: Buffer, kind: TableKind): void {
  if (kind === 'csv') requireNarrow(body);
  else {
    requireShallow(body, kind === 'jsonlines');
    requireFew(kind === 'json' ? listOf(body) : linesOf(body));
  }
}

function requireFew(records: Record<string, unknown>[]): void {
  const columns = new Set<string>();
  for (const record of records) {
    for (const [key, value] of Object.entries(record)) for (const column of columnsOf(key, value)) columns.add(column);
    requireColumns(columns.size);
  }
  const cells = columns.size * records.length;
  if (cells <= MOST_CELLS) return;
  const found = `${records.length} records with ${columns.size} keys between them have ${cells}`;
  throw new Problem(413, `expected at most ${MOST_CELLS} values; ${found}`);
}

export function requireColumns(count: number): void {
  if (count > MOST_COLUMNS) throw new Problem(413, `expected at most ${MOST_COLUMNS} columns; found ${count} or more`);
}

/** Objects become columns, one level deep, as the reader does it. */
const columnsOf = (key: string, value: unknown): string[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value).map((inner) => `${key}.${inner}`) : [key];

function listOf(body: Buffer): Record<string, unknown>[] {
  const records = parseJson(body);
  requireRecords(records);
  return records;
}

/** The records of JSON Lines; lines that are none are left to the reader, which says why. */
function linesOf(body: Buffer): Record<string, unknown>[] {
  return body
    .toString('utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        const value: unknown = JSON.parse(line);
        return typeof value === 'object' && value !== null && !Array.isArray(value) ? [value as Record<string, unknown>] : [];
      } catch {
        return [];
      }
    });
}

const DELIMITERS = [',', ';', '\t', '|'].map((delimiter) => delimiter.charCodeAt(0));

function requireNarrow(body: Buffer): void {
  const counts = new Map(DELIMITERS.map((delimiter) => [delimiter, 0]));
  for (const byte of body) {
    if (byte === 10 || byte === 13) for (const delimiter of DELIMITERS) counts.set(delimiter, 0);
    const count = counts.get(byte);
    if (count === undefined) continue;
    if (count === MOST_DELIMITERS) requireColumns(count + 1);
    counts.set(byte, count + 1);
  }
}

const [QUOTE, BACKSLASH, NEWLINE] = [34, 92, 10];
const OPENING = new Set([91, 123]);
const CLOSING = new Set([93, 125]);

/** Brackets within brackets, outside strings. A string ends with its line at the latest. */
function requireShallow(body: Buffer, byLine: boolean): void {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < body.length; i++) {
    const byte = body[i]!;
    if (byte === NEWLINE) {
      inString = false;
      if (byLine) depth = 0;
    } else if (inString) {
      if (byte === BACKSLASH) i++;
      else if (byte === QUOTE) inString = false;
    } else if (byte === QUOTE) inString = true;
    else if (OPENING.has(byte)) depth++;
    else if (CLOSING.has(byte)) depth--;
    if (depth > DEEPEST) throw new Problem(400, `expected values nested at most ${DEEPEST} deep`);
  }
}
