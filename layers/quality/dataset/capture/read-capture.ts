import type { Database } from '../../engine/database.ts';
import type { Cell } from '../cell.ts';
import { isObject, type Json } from '../json/parse-json.ts';
import { LineProblem, readDocuments } from '../json/read-documents.ts';
import type { Source, Table } from '../source.ts';
import { contentHead } from '../source-bytes.ts';
import { decodePayload } from './decode-payload.ts';
import { alignRows, inputRows, outputRows, type Row } from './extract-rows.ts';
import { ADDED, ColumnNames } from './name-columns.ts';
import type { CaptureInput } from './prepare.ts';

type JsonObject = { [key: string]: Json };

const HEAD_BYTES = 1 << 20;
const SIDES = { output: /"(endpointOutput|batchTransformOutput)"\s*:/, input: /"(endpointInput|batchTransformInput)"\s*:/ };

/**
 * Converts SageMaker data capture to Parquet: a row for each row of each request, output columns first, then input columns, then `inference_id`
 * (the caller's, else the event's), `event_id` and `inference_time`. A record is rejected whole where its sides do not match row by row.
 */
export async function readCapture(database: Database, source: Source, input: CaptureInput): Promise<Table> {
  const { head } = await contentHead(source.path, source.gzip, HEAD_BYTES);
  const text = head.toString('latin1');
  const captured = { output: SIDES.output.test(text), input: SIDES.input.test(text) };
  const names = new ColumnNames(input.names, input.features !== undefined && (input.prediction !== undefined || input.score !== undefined));
  const table = await readDocuments(database, source, false, async (document, line, writer) => {
    const { outputs, inputs } = sidesOf(document, input, captured);
    const added = metadata(document);
    const rows = (outputs ?? inputs)!.map((_, i) => {
      const row = { output: outputs?.[i] ?? null, input: inputs?.[i] ?? null };
      return { names: names.of(row, line), cells: [...(row.output?.cells ?? []), ...(row.input?.cells ?? []), ...added] };
    });
    for (const row of rows) {
      const waiting = writer.add([...row.names, ...ADDED], row.cells);
      if (waiting) await waiting;
    }
  });
  return { ...table, keyed: !names.hasUnnamed('input') };
}

/** The rows of both sides, as many on each; null for a side the endpoint does not capture. */
const sidesOf = (document: JsonObject, input: CaptureInput, captured: { output: boolean; input: boolean }) => {
  const capture = document.captureData;
  if (!isObject(capture!)) throw new LineProblem('no "captureData", expected a SageMaker capture record');
  const output = side(capture, ['endpointOutput', 'batchTransformOutput'], captured.output, 'output');
  const given = side(capture, ['endpointInput', 'batchTransformInput'], captured.input, 'input');
  if (output === undefined && given === undefined) throw new LineProblem('"captureData" holds neither input nor output');
  const outputs = output === undefined ? null : outputRows(decodePayload(output, 'output'), input);
  const inputs = given === undefined ? null : inputRows(decodePayload(given, 'input'), input);
  return outputs && inputs ? align(outputs, inputs) : { outputs, inputs };
};

const side = (capture: JsonObject, keys: string[], expected: boolean, name: string): Json | undefined => {
  const key = keys.find((candidate) => candidate in capture);
  if (key === undefined && expected) throw new LineProblem(`the ${name} is missing`);
  return key === undefined ? undefined : capture[key];
};

const align = (output: Row[], given: Row[]): { outputs: Row[]; inputs: Row[] } => {
  const outputs = alignRows(output, given.length);
  const inputs = alignRows(given, outputs.length);
  if (outputs.length === inputs.length) return { outputs, inputs };
  const count = (rows: Row[], name: string) => `${rows.length} ${name} ${rows.length === 1 ? 'row' : 'rows'}`;
  throw new LineProblem(`${count(outputs, 'output')} for ${count(inputs, 'input')}, expected as many`);
};

const metadata = (document: JsonObject): Cell[] => {
  const event = isObject(document.eventMetadata!) ? document.eventMetadata : {};
  const text = (value?: Json): string | null => (value === undefined || value === null ? null : String(value));
  const time = typeof event.inferenceTime === 'string' ? new Date(event.inferenceTime) : null;
  const eventId = text(event.eventId);
  return [text(event.inferenceId) ?? eventId, eventId, time && !Number.isNaN(time.getTime()) ? time : null];
};
