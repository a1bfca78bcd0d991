import { type CsvRecord, decodeRecords } from './decode-record.ts';
import { looksLikeHeader } from './looks-like-header.ts';

export interface Dialect {
  delimiter: string;
  header: boolean;
  /** Names of the columns as the file or the monitor has them, not yet unique; `_c0`, `_c1`, … where neither has any. */
  names: string[];
  /** Where the number of fields comes from, for messages. */
  authority: string;
}

const DELIMITERS = ['\t', ',', ';', '|'] as const;
const SAMPLE_RECORDS = 1000;

const usable = (records: CsvRecord[]): CsvRecord[] => records.filter((record) => !record.problem && !record.blank);

/** How well a delimiter explains the sample: the share of records with the most frequent number of fields; 0 when that is one. */
const consistency = (all: CsvRecord[]): { share: number; fields: number } => {
  const counts = new Map<number, number>();
  const records = all.filter((record) => !record.blank);
  for (const { fields } of usable(records)) counts.set(fields.length, (counts.get(fields.length) ?? 0) + 1);
  const [fields, count] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [1, 0];
  return { share: fields === 1 ? 0 : count / records.length, fields };
};

/** Decimal commas between semicolons: every comma stands between two digits. */
const commasAreDecimal = (sample: Buffer): boolean => !/[^\d],|,[^\d]/.test(sample.toString('latin1').replaceAll('\r', ''));

const sniffDelimiter = (sample: Buffer, whole: boolean): string => {
  let best = { delimiter: ',', share: 0, fields: 1 };
  for (const delimiter of DELIMITERS) {
    if (!sample.includes(delimiter)) continue;
    const found = consistency(decodeRecords(sample, delimiter, whole, SAMPLE_RECORDS));
    const better = found.share > best.share + 0.05 || (found.share > best.share - 0.05 && found.fields > best.fields);
    const decimal = delimiter === ';' && best.delimiter === ',' && found.share >= best.share && commasAreDecimal(sample);
    if (found.share > 0 && (better || decimal)) best = { delimiter, ...found };
  }
  return best.delimiter;
};

/** A name as it was given, whatever blanks and case the file writes it in; null where none was. */
const givenName = (text: string, names: readonly string[]): string | null => {
  const fold = (name: string): string => name.trim().toLowerCase();
  return names.find((name) => name === text.trim()) ?? names.find((name) => fold(name) === fold(text)) ?? null;
};

/** With names given a first line is a header only when at least half of its fields are among them. */
const repeatsNames = (first: CsvRecord, names: readonly string[]): boolean =>
  first.fields.filter((field) => givenName(field.text, names) !== null).length * 2 >= first.fields.length;

/** Tells delimiter and header of a CSV file from its first bytes. */
export const sniffDialect = (sample: Buffer, whole: boolean, names?: readonly string[]): Dialect | null => {
  const delimiter = sniffDelimiter(sample, whole);
  const records = usable(decodeRecords(sample, delimiter, whole, SAMPLE_RECORDS));
  const first = records[0];
  if (!first) return null;
  const header = names ? repeatsNames(first, names) : looksLikeHeader(records);
  if (names && !header) return { delimiter, header, names: [...names], authority: 'in input.names' };
  const own = ({ text }: CsvRecord['fields'][number]): string => givenName(text, names ?? []) ?? text.trim();
  return { delimiter, header, names: first.fields.map((field, i) => (header ? own(field) : `_c${i}`)), authority: '' };
};
