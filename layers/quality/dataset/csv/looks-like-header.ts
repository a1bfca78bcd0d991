import type { CsvRecord } from './decode-record.ts';
import { type TextKind, textKind } from './value-words.ts';

interface Column {
  name: string;
  kind: TextKind;
  /** What stands below it, but for empty fields. */
  below: string[];
  kinds: Set<TextKind>;
}

const isSame = (a: CsvRecord, b: CsvRecord): boolean =>
  a.fields.length === b.fields.length && a.fields.every(({ text }, i) => text === b.fields[i]!.text);

const columnOf = (name: string, column: number, rest: CsvRecord[]): Column => {
  const below = rest.map((record) => record.fields[column]?.text ?? '').filter((text) => text !== '');
  return { name: name.trim(), kind: textKind(name), below, kinds: new Set(below.map(textKind)) };
};

const SEEN_OFTEN = 3;
const hasDigit = (text: string): boolean => /\d/.test(text);
const isFraction = (text: string): boolean => /[.,]\d|[eE]-/.test(text);
const comesBack = ({ name, below }: Column): boolean => name !== '' && below.some((text) => text.trim() === name);
/** Whether all that is there below is of a kind. */
const isOver = ({ kinds }: Column, kind: TextKind): boolean =>
  kinds.has(kind) && [...kinds].every((found) => found === kind || found === 'missing');

/** Whether the field is nothing that the column below could hold. */
const contrasts = (column: Column): boolean => {
  const { name, kind, below, kinds } = column;
  if (below.length === 0 || kind === 'blank' || kind === 'missing') return false;
  if (kind === 'number') return name.endsWith('%') && !below.some((text) => text.trim().endsWith('%'));
  if (kind === 'time') return isOver(column, 'number');
  if (kind === 'truth') return !kinds.has('truth') && !isOver(column, 'missing');
  return !kinds.has('text') || (below.length >= SEEN_OFTEN && !hasDigit(name) && below.every(hasDigit));
};

/** Steps of whole numbers (`0,1,2`, `1990,2000,2010`) name columns; a single one does where it is none of the column's own. */
const countUp = (numbers: Column[]): boolean => {
  const values = numbers.map(({ name }) => (/^\d+$/.test(name) ? Number(name) : Number.NaN));
  const step = values.length > 1 ? values[1]! - values[0]! : 1;
  if (values.some((value, i) => Number.isNaN(value) || (i > 0 && value - values[i - 1]! !== step))) return false;
  if (values.length !== 1) return values.length === 2 ? step === 1 : step > 0;
  const below = numbers[0]!.below.map(Number).filter(Number.isFinite);
  return values[0]! <= 1 || below.every((value) => value < values[0]!) || below.every((value) => value > values[0]!);
};

/** Whether an index stands below an empty first field, as pandas writes it. */
const isIndex = ({ name, below }: Column): boolean => name === '' && below.length > 0 && below.every((text, i) => text === String(i));

const form = (text: string): string =>
  text
    .trim()
    .replace(/\p{L}+/gu, 'a')
    .replace(/\d+/g, '9');
const LONG = 16;
/** Whether a text is written as all below it are: `r-17` over `r-18` and `r-204`, an identifier over others as long. */
const isAlike = ({ name, below }: Column): boolean => {
  if (below.length < SEEN_OFTEN) return false;
  if (/\d.*\d|@/.test(name) && below.every((text) => form(text) === form(name))) return true;
  return name.length >= LONG && hasDigit(name) && below.every((text) => text.trim().length === name.length);
};

/** Whether numbers alone tell that they are names: over an index and on from 0, or in steps over what is no whole number. */
const numbersName = (first: Column, numbers: Column[]): boolean => {
  if (numbers.length === 0 || !countUp(numbers)) return false;
  if (isIndex(first) && numbers[0]!.name === '0') return true;
  const apart = (column: Column): boolean =>
    isOver(column, 'text') || (numbers.length >= SEEN_OFTEN && column.below.filter(isFraction).length * 2 > column.below.length);
  return numbers.length > 1 && numbers.every(apart);
};

/** Whether texts over texts are names: each is there once, and a word for "missing" only where nothing is missing below. */
const textsName = (columns: Column[], rows: number): boolean => {
  const names = columns.filter((column, i) => i > 0 || !isIndex(column));
  const words = names.filter(({ kind }) => kind === 'missing');
  const named = ({ kind, below, kinds }: Column): boolean =>
    kind === 'text' || (kind === 'missing' && rows >= SEEN_OFTEN && below.length === rows && kinds.size === 1 && kinds.has('text'));
  return (
    !columns.some((column) => comesBack(column) || isAlike(column)) &&
    names.every(named) &&
    words.length * 2 < names.length &&
    new Set(names.map(({ name }) => name)).size === names.length
  );
};

/** Whether what comes back below says that the first record is data: a value does, and more than half of the texts. */
const isRepeated = (columns: Column[], isName: (column: Column) => boolean): boolean => {
  const repeated = columns.filter((column) => comesBack(column) && !isName(column));
  const texts = (all: Column[]): number => all.filter(({ kind }) => kind === 'text').length;
  return texts(repeated) < repeated.length || texts(repeated) * 2 > texts(columns);
};

/**
 * Whether the first record names the columns. It does when nothing of it comes back below as a value in its column, and either
 * (a) some field contrasts with its column, and those that are numbers count up (`label,0,1,2`),
 * (b) numbers that count up contrast with theirs, or
 * (c) all of its fields are distinct texts.
 */
export const looksLikeHeader = (records: CsvRecord[]): boolean => {
  const [first, ...rest] = records;
  if (!first) return false;
  const columnsOver = (below: CsvRecord[]): Column[] => first.fields.map((field, i) => columnOf(field.text, i, below));
  // Files that were put together repeat their header.
  const once = columnsOver(rest.filter((record) => !isSame(record, first)));
  const columns = once.some(contrasts) ? once : columnsOver(rest);
  const contrasting = columns.filter(contrasts).length;
  const apart = contrasting > 0;
  const numbers = columns.filter((column) => column.kind === 'number' && !contrasts(column));
  const steps = countUp(numbers);
  const named = steps && (apart ? numbers.length >= SEEN_OFTEN : numbersName(columns[0]!, numbers));
  const words = columns.filter(({ kind }) => kind === 'missing');
  if (isRepeated(columns, (column) => (named && numbers.includes(column)) || (words.length < contrasting && words.includes(column))))
    return false;
  if (numbers.length > 0) return apart ? steps : named;
  return apart || textsName(columns, rest.length);
};
