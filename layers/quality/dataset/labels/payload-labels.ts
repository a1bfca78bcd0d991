import type { Payload } from '../capture/decode-payload.ts';
import { textOf } from '../cell.ts';
import { toCell } from '../json/flatten.ts';
import { describeJson, isObject, type Json } from '../json/parse-json.ts';
import { LineProblem } from '../json/read-documents.ts';
import type { LabelQuery } from './label-path.ts';

/** Keys that wrap the rows of a payload. */
const WRAPPERS = ['instances', 'predictions'];

/**
 * The labels of one request, in the order of its rows; null for a row that has none. CSV: one value a line, or one line of values. JSON: what `query`
 * finds, else `instances[*].label`, `predictions[*].label`, `label`, a bare value or an array of them, where `names` are the names a label may have.
 * Throws LineProblem where that finds nothing or more than values.
 */
export function payloadLabels(payload: Payload, names: readonly string[], query?: LabelQuery): (string | null)[] {
  const labels =
    'csv' in payload ? csvLabels(payload.csv.map((cells) => cells as (string | null)[])) : jsonLabels(payload.documents, names, query);
  if (labels.length === 0) throw new LineProblem('the ground truth holds no label');
  return labels;
}

function csvLabels(records: (string | null)[][]): (string | null)[] {
  const [first] = records;
  if (records.length === 1) return first!;
  if (first && first.length > 1) {
    throw new LineProblem(`the ground truth has ${records.length} lines of ${first.length} values, expected one value a line or one line`);
  }
  return records.map(([label]) => label ?? null);
}

const jsonLabels = (documents: Json[], names: readonly string[], query?: LabelQuery): (string | null)[] =>
  documents.flatMap((document) => (query ? asked(query, document) : found(document, names)));

function asked(query: LabelQuery, document: Json): (string | null)[] {
  const value = query(document);
  if (value === null) throw new LineProblem('the path to the labels finds nothing');
  return Array.isArray(value) ? value.map(labelOf) : [labelOf(value)];
}

function found(document: Json, names: readonly string[]): (string | null)[] {
  if (Array.isArray(document)) return document.map((item) => itemLabel(item, names));
  const wrapper = isObject(document) ? WRAPPERS.find((key) => key in document) : undefined;
  const inner = wrapper === undefined ? document : (document as { [key: string]: Json })[wrapper]!;
  if (Array.isArray(inner)) return inner.map((item) => itemLabel(item, names));
  const value = isObject(inner) ? member(inner, names) : inner;
  return Array.isArray(value) ? value.map(labelOf) : [labelOf(value)];
}

const itemLabel = (item: Json, names: readonly string[]): string | null => labelOf(isObject(item) ? member(item, names) : item);

function member(object: { [key: string]: Json }, names: readonly string[]): Json {
  const name = names.find((candidate) => Object.hasOwn(object, candidate));
  if (name === undefined) throw new LineProblem('the ground truth has an object without a label');
  return object[name]!;
}

/** One value; an array of one is that one, as models answer. */
function labelOf(value: Json): string | null {
  const single = Array.isArray(value) && value.length === 1 ? value[0]! : value;
  if (typeof single === 'object' && single !== null)
    throw new LineProblem(`the ground truth has ${describeJson(single)} for a label, expected a value`);
  const cell = toCell(single);
  return cell === null ? null : textOf(cell);
}
