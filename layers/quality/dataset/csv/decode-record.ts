import { RecordScanner } from './record-scanner.ts';

export interface CsvField {
  text: string;
  quoted: boolean;
}

const decodeField = (bytes: Buffer, start: number, stop: number): CsvField => {
  const text = bytes.toString('utf8', start, stop);
  const opened = text.replace(/^ +/, '');
  if (!opened.startsWith('"')) return { text, quoted: false };
  return { text: opened.replace(/ +$/, '').slice(1, -1).replaceAll('""', '"'), quoted: true };
};

export interface CsvRecord {
  fields: CsvField[];
  problem: string | null;
  blank: boolean;
}

/** The records of a small text. `final` false: the last one may be cut off and is left out. */
export const decodeRecords = (bytes: Buffer, delimiter: string, final = true, limit = Number.POSITIVE_INFINITY): CsvRecord[] => {
  const scanner = new RecordScanner(delimiter.charCodeAt(0), true);
  const records: CsvRecord[] = [];
  for (let at = 0; at < bytes.length && records.length < limit && scanner.next(bytes, at, final); at = scanner.end) {
    const fields: CsvField[] = [];
    for (let i = 0; i < scanner.offsets.length; i += 2) fields.push(decodeField(bytes, scanner.offsets[i]!, scanner.offsets[i + 1]!));
    records.push({ fields, problem: scanner.problem, blank: scanner.stop === at });
  }
  return records;
};
