import type { Database } from '../../engine/database.ts';
import { decodePayload } from '../capture/decode-payload.ts';
import { textOf } from '../cell.ts';
import { detectContent, isGzip } from '../detect-format.ts';
import { toCell } from '../json/flatten.ts';
import { isObject, type Json } from '../json/parse-json.ts';
import { LineProblem, readDocuments } from '../json/read-documents.ts';
import type { Source, Table } from '../source.ts';
import { contentHead, rawHead } from '../source-bytes.ts';
import type { LabelQuery } from './label-path.ts';
import { payloadLabels } from './payload-labels.ts';

const HEAD_BYTES = 1 << 20;
const TIMES = ['label_time', 'labelTime', 'updated_at', 'updatedAt', 'time', 'timestamp', 'event_time', 'eventTime', 'inferenceTime'];

export interface GroundTruth {
  gzip: boolean;
  /** One JSON array instead of an object a line. */
  array: boolean;
}

/** Whether a file is SageMaker ground truth, by its first bytes; null also where it cannot be read, for others to say why. */
export async function detectGroundTruth(path: string): Promise<GroundTruth | null> {
  try {
    const gzip = isGzip(await rawHead(path, 4));
    const { head } = await contentHead(path, gzip, HEAD_BYTES);
    const content = detectContent(head);
    if ('problem' in content || (content.format !== 'jsonlines' && content.format !== 'capture')) return null;
    return /"groundTruthData"\s*:/.test(head.toString('latin1')) ? { gzip, array: content.array } : null;
  } catch {
    return null;
  }
}

/**
 * Converts ground truth to a row a label: `line`, `id` (the inference id where the record has one, else the event id), `row` within the request, `size`
 * (how many labels came for it), `time` and `label` as text, null where there is none.
 */
export function readGroundTruth(
  database: Database,
  source: Source,
  array: boolean,
  names: readonly string[],
  query?: LabelQuery,
): Promise<Table> {
  return readDocuments(database, source, array, async (document, line, writer) => {
    const { id, time } = metadata(document);
    const labels = payloadLabels(decodePayload(partOf(document), 'ground truth'), names, query);
    for (const [row, label] of labels.entries()) {
      const waiting = writer.add(['line', 'id', 'row', 'size', 'time', 'label'], [line, id, row, labels.length, time, label]);
      if (waiting) await waiting;
    }
  });
}

/** The payload as capture has it; a bare number or truth value is the text of it. */
function partOf(document: { [key: string]: Json }): Json {
  const part = document.groundTruthData;
  if (part === undefined) throw new LineProblem('no "groundTruthData", expected a SageMaker ground truth record');
  const bare = isObject(part) && (typeof part.data === 'number' || typeof part.data === 'boolean');
  return bare ? { data: String(part.data), encoding: 'JSON' } : part;
}

function metadata(document: { [key: string]: Json }): { id: string; time: string | null } {
  const event = document.eventMetadata;
  const text = (value?: Json): string | null => {
    const cell = value === undefined ? null : toCell(value);
    return cell === null || textOf(cell).trim() === '' ? null : textOf(cell);
  };
  const id = isObject(event) ? (text(event.inferenceId) ?? text(event.eventId)) : null;
  if (!isObject(event) || id === null) throw new LineProblem('no "eventId", expected the id of the request');
  const name = TIMES.find((candidate) => text(event[candidate]) !== null);
  return { id, time: name === undefined ? null : text(event[name]) };
}
