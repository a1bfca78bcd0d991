import type { Cell } from '../cell.ts';
import { flatten, toCell } from '../json/flatten.ts';
import { isObject, type Json } from '../json/parse-json.ts';
import { LineProblem } from '../json/read-documents.ts';
import type { Payload } from './decode-payload.ts';
import type { CaptureInput, Query } from './prepare.ts';

/** One row of one side. `names` is null where the payload has none. */
export interface Row {
  names: string[] | null;
  cells: Cell[];
}

/** Keys that wrap the rows of a request or an answer in SageMaker's own and MLflow's formats. */
const WRAPPERS = ['instances', 'predictions', 'inputs', 'outputs', 'dataframe_records'];

/** The rows of what the model was given. */
export const inputRows = (payload: Payload, input: CaptureInput): Row[] => {
  if ('csv' in payload) return payload.csv.map((cells) => ({ names: null, cells }));
  if (!input.features) return payload.documents.flatMap(defaultRows);
  return payload.documents.flatMap((document) => toRows(ask(input.features!, document, 'features')));
};

/** The rows of what it answered: `prediction` and `score` where the monitor says where they are. */
export const outputRows = (payload: Payload, input: CaptureInput): Row[] => {
  if ('csv' in payload) return payload.csv.map((cells) => ({ names: null, cells }));
  const asked = (['prediction', 'score'] as const).filter((key) => input[key]);
  if (asked.length === 0) return payload.documents.flatMap(defaultRows);
  const columns = asked.map((key) => payload.documents.flatMap((document) => toColumn(ask(input[key]!, document, key))));
  if (columns.some((column) => column.length !== columns[0]!.length)) {
    throw new LineProblem(`input.prediction finds ${columns[0]!.length} values and input.score ${columns[1]!.length}, expected as many`);
  }
  return columns[0]!.map((_, row) => ({ names: [...asked], cells: columns.map((column) => column[row]!) }));
};

/** A single row of n values beside n rows is a column of them: some containers answer `[0.1, 0.9]` or `0.1,0.9` to two rows. */
export const alignRows = (rows: Row[], others: number): Row[] => {
  const [row] = rows;
  if (rows.length !== 1 || others < 2 || row!.names || row!.cells.length !== others) return rows;
  return row!.cells.map((cell) => ({ names: null, cells: [cell] }));
};

const ask = (query: Query, document: Json, key: string): Json => {
  const found = query(document);
  if (found === null) throw new LineProblem(`input.${key} finds nothing`);
  return found;
};

const toColumn = (value: Json): Cell[] => (Array.isArray(value) ? value.map((item) => toCell(single(item))) : [toCell(value)]);

const single = (value: Json): Json => (Array.isArray(value) && value.length === 1 ? value[0]! : value);

/** An array of arrays or objects is many rows, any other value one. */
const toRows = (value: Json): Row[] => (isTable(value) ? value.map(toRow) : [toRow(value)]);

const isTable = (value: Json): value is Json[] =>
  Array.isArray(value) && value.length > 0 && value.every((item) => Array.isArray(item) || isObject(item));

const toRow = (value: Json): Row => {
  if (Array.isArray(value)) return { names: null, cells: value.map(toCell) };
  return isObject(value) ? flatten(value) : { names: null, cells: [toCell(value)] };
};

/** Rows where nothing says where they are: wrappers are taken off, and a row whose only key is an array (`{"features": […]}`) is that array. */
const defaultRows = (document: Json): Row[] => {
  const wrapper = isObject(document) ? WRAPPERS.find((key) => Array.isArray(document[key])) : undefined;
  const value = wrapper === undefined ? document : (document as { [key: string]: Json })[wrapper]!;
  return isTable(value) ? value.map((item) => toRow(unwrap(item))) : [toRow(unwrap(value))];
};

const unwrap = (value: Json): Json => {
  if (!isObject(value)) return value;
  const values = Object.values(value);
  return values.length === 1 && Array.isArray(values[0]) ? values[0] : value;
};
