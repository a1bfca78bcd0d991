import { isUtf8 } from 'node:buffer';
import type { InputFormat } from '../contract/index.ts';

/** What a file holds, told from its first bytes. `array` is one JSON array of objects instead of one object a line. */
export type Content = { format: InputFormat; array: boolean } | { problem: string };

export const isGzip = (head: Buffer): boolean => head[0] === 0x1f && head[1] === 0x8b;
export const isParquet = (head: Buffer): boolean => head.subarray(0, 4).toString('latin1') === 'PAR1';

const EXPECTED = 'expected Parquet, CSV, JSON Lines or SageMaker capture';

const OTHERS: [magic: string, name: string][] = [
  ['PK\x03\x04', 'a ZIP archive or a spreadsheet'],
  ['Obj\x01', 'an Avro file'],
  ['ORC', 'an ORC file'],
  ['PARE', 'an encrypted Parquet file'],
  ['\x28\xb5\x2f\xfd', 'a Zstandard archive'],
  ['BZh', 'a bzip2 archive'],
  ['\xfd7zXZ', 'an xz archive'],
  ['\x1f\x8b', 'gzip inside gzip'],
  ['\xff\xfe', 'UTF-16 text; save it as UTF-8'],
  ['\xfe\xff', 'UTF-16 text; save it as UTF-8'],
  ['%PDF', 'a PDF'],
  ['\x89PNG', 'a PNG picture'],
];

/** What answers in place of a file, and JSON that names no columns: read as CSV it would be rows of nonsense. */
const NO_TABLES: [start: RegExp, name: string][] = [
  [/^(<!doctype html|<html)[\s>]/i, 'an HTML page'],
  [/^<\?xml\s/i, 'an XML document'],
  [/^\[\s*\[/, 'a JSON array of arrays; expected one of objects'],
];

const hex = (bytes: Buffer): string => [...bytes.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');

/** Control characters no text format uses, or bytes that are mostly not UTF-8. A few bad bytes are a matter of single lines. */
const isBinary = (head: Buffer): boolean => {
  let controls = 0;
  for (const byte of head) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) controls++;
  if (controls * 100 > head.length) return true;
  if (isUtf8(head)) return false;
  const text = head.toString('utf8');
  return text.split('\ufffd').length - 1 > text.length / 4;
};

const binaryProblem = (head: Buffer): string | null => {
  const start = head.subarray(0, 8).toString('latin1');
  const other = OTHERS.find(([magic]) => start.startsWith(magic));
  if (other && (other[0] !== 'ORC' || isBinary(head))) return `${EXPECTED}; found ${other[1]}`;
  return isBinary(head) ? `${EXPECTED}; found binary data that starts with ${hex(head)}` : null;
};

/** Recognises the format from the first (decompressed) bytes; `format` overrides what they look like, but not that they are binary. */
export const detectContent = (head: Buffer, format?: InputFormat): Content => {
  if (format === 'parquet' || (!format && isParquet(head))) return { format: 'parquet', array: false };
  const text = head
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart();
  if (text === '') return { problem: 'the file is empty; expected at least a header line or one record' };
  const problem = binaryProblem(head);
  if (problem) return { problem };
  const other = NO_TABLES.find(([start]) => start.test(text));
  if (other && !format) return { problem: `${EXPECTED}; found ${other[1]}` };
  const array = /^\[\s*(\{|\]|$)/.test(text);
  if (format) return { format, array: array && format === 'jsonlines' };
  if (array) return { format: 'jsonlines', array };
  if (!text.startsWith('{')) return { format: 'csv', array: false };
  return { format: /^[^\n]*"captureData"\s*:|\n\s*\{\s*"captureData"\s*:/.test(text) ? 'capture' : 'jsonlines', array: false };
};
