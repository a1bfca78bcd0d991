import { randomUUID } from 'node:crypto';
import { ACCOUNT, REGION } from '../events.ts';
import { RefusedError } from './errors.ts';
import type { Outbox } from './outbox.ts';

const MOST_BYTES = 262_144;

interface Entry {
  Source?: string;
  DetailType?: string;
  Detail?: string;
  EventBusName?: string;
}

/** EventBridge's PutEvents: each event becomes a file as its rules would hand it on. */
export function putEvents(outbox: Outbox, body: string): object {
  const { Entries: entries } = JSON.parse(body) as { Entries?: Entry[] };
  if (!Array.isArray(entries) || entries.length === 0 || entries.length > 10)
    throw new RefusedError('ValidationException', "Value at 'entries' failed to satisfy constraint: 1 to 10 members");
  if (Buffer.byteLength(body) > MOST_BYTES)
    throw new RefusedError('ValidationException', 'Total size of the entries in the request is over the limit.');
  const answers = entries.map((entry) => putEvent(outbox, entry));
  return { FailedEntryCount: answers.filter((answer) => 'ErrorCode' in answer).length, Entries: answers };
}

function putEvent(outbox: Outbox, { Source, DetailType, Detail }: Entry): object {
  if (!Source || !DetailType) return { ErrorCode: 'InvalidArgument', ErrorMessage: 'Parameter Source or DetailType is not valid.' };
  const detail = parse(Detail);
  if (detail === null) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  const id = randomUUID();
  const time = `${new Date().toISOString().slice(0, 19)}Z`;
  const event = {
    version: '0',
    id,
    'detail-type': DetailType,
    source: Source,
    account: ACCOUNT,
    time,
    region: REGION,
    resources: [],
    detail,
  };
  outbox.keep('events', 'json', `${JSON.stringify(event, null, 2)}\n`);
  return { EventId: id };
}

function parse(text: string | undefined): object | null {
  try {
    const json: unknown = JSON.parse(text ?? '');
    return typeof json === 'object' && !Array.isArray(json) ? json : null;
  } catch {
    return null;
  }
}
