import { createHash, randomUUID } from 'node:crypto';
import { ACCOUNT, REGION } from './events.ts';

/** What a function gets from a queue: as much of Lambda's SQSEvent as there is here. */
export interface QueueRecord {
  messageId: string;
  receiptHandle: string;
  body: string;
  attributes: { ApproximateReceiveCount: string; SentTimestamp: string; SenderId: string; ApproximateFirstReceiveTimestamp: string };
  messageAttributes: Record<string, never>;
  md5OfBody: string;
  eventSource: 'aws:sqs';
  eventSourceARN: string;
  awsRegion: string;
}

/** A message in the queue. */
export interface Message {
  id: string;
  body: string;
  sent: number;
  firstReceived: number;
  receives: number;
  visibleAt: number;
  error: string;
}

export const toRecord = ({ id, body, sent, receives, firstReceived }: Message, queue: string): QueueRecord => ({
  messageId: id,
  receiptHandle: randomUUID(),
  body,
  attributes: {
    ApproximateReceiveCount: String(receives),
    SentTimestamp: String(sent),
    SenderId: ACCOUNT,
    ApproximateFirstReceiveTimestamp: String(firstReceived),
  },
  messageAttributes: {},
  md5OfBody: createHash('md5').update(body).digest('hex'),
  eventSource: 'aws:sqs',
  eventSourceARN: `arn:aws:sqs:${REGION}:${ACCOUNT}:${queue}`,
  awsRegion: REGION,
});

/** The ids of a partial batch response. No answer, or an empty one, is full success; an id that is none fails the batch. */
export function failedItems(answer: unknown): string[] {
  const failures = (answer as { batchItemFailures?: unknown } | null | undefined)?.batchItemFailures ?? [];
  if (!Array.isArray(failures)) throw new Error('batchItemFailures is not a list');
  return failures.map((failure) => String(failure?.itemIdentifier ?? ''));
}
