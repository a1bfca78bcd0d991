import { isUtf8 } from 'node:buffer';
import type { Cell } from '../cell.ts';
import { decodeRecords } from '../csv/decode-record.ts';
import { isObject, type Json, jsonProblem, parseJson } from '../json/parse-json.ts';
import { LineProblem } from '../json/read-documents.ts';

/** What an invocation sent or got: rows of CSV fields, or JSON documents (several where the payload is JSON Lines). */
export type Payload = { csv: Cell[][] } | { documents: Json[] };

/** Decodes `endpointInput` or `endpointOutput`; throws LineProblem. `side` is for messages. */
export const decodePayload = (part: Json, side: string): Payload => {
  if (!isObject(part)) throw new LineProblem(`the ${side} is missing`);
  const { data, encoding, observedContentType } = part;
  if (typeof data === 'object' && data !== null) return { documents: [data] };
  if (typeof data !== 'string' || data.trim() === '') throw new LineProblem(`the ${side} has no data`);
  const text = encoding === 'BASE64' ? decodeBase64(data, side) : data;
  const declared = kindOf(String(observedContentType ?? ''), String(encoding ?? ''));
  return (declared ?? sniff(text)) === 'csv' ? { csv: parseCsv(text, side) } : { documents: parseDocuments(text, side) };
};

const kindOf = (contentType: string, encoding: string): 'csv' | 'json' | null => {
  if (/json/i.test(contentType)) return 'json';
  if (/csv/i.test(contentType)) return 'csv';
  return encoding === 'CSV' ? 'csv' : encoding === 'JSON' ? 'json' : null;
};

const sniff = (text: string): 'csv' | 'json' => (/^\s*[[{]/.test(text) ? 'json' : 'csv');

const decodeBase64 = (data: string, side: string): string => {
  const compact = data.replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(compact)) throw new LineProblem(`the ${side} is not valid BASE64`);
  const bytes = Buffer.from(compact, 'base64');
  if (!isUtf8(bytes) || bytes.includes(0))
    throw new LineProblem(`the ${side} is ${bytes.length} bytes of binary data, expected CSV or JSON`);
  return bytes.toString('utf8');
};

const parseCsv = (text: string, side: string): Cell[][] => {
  const all = decodeRecords(Buffer.from(text.replace(/[\r\n]+$/, '')), ',');
  const width = all.find(({ blank }) => !blank)?.fields.length ?? 0;
  const records = width === 1 ? all : all.filter(({ blank }) => !blank);
  return records.map(({ fields, problem }, row) => {
    if (problem) throw new LineProblem(`the ${side}, row ${row + 1}: ${problem}`);
    if (fields.length !== width)
      throw new LineProblem(
        `the ${side}, row ${row + 1}: ${fields.length} ${fields.length === 1 ? 'field' : 'fields'}, expected ${width} as in its row 1`,
      );
    return fields.map((field) => (field.text === '' && !field.quoted ? null : field.text));
  });
};

const parseDocuments = (text: string, side: string): Json[] => {
  try {
    return [parseJson(text)];
  } catch (error) {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    if (lines.length < 2) throw new LineProblem(`the ${side}: ${jsonProblem(error)}`);
    return lines.map((line, i) => parseLine(line, `${side}, row ${i + 1}`));
  }
};

const parseLine = (line: string, side: string): Json => {
  try {
    return parseJson(line);
  } catch (error) {
    throw new LineProblem(`the ${side}: ${jsonProblem(error)}`);
  }
};
