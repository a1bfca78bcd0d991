import type { SQSRecord } from 'aws-lambda';
import { z } from 'zod';
import { OWN_PREFIXES } from '../../layers/quality/contract/keys.ts';
import type { ObjectRef } from '../../layers/quality/store/store.ts';
import { parseEventBy } from '../shared/parse-event.ts';

/** An object that arrived, as both shapes of event tell it. */
export type ArrivedObject = ObjectRef & { size: number; time: string };

/** The record cannot be understood: it goes to the dead letters, where a person can look at it. */
export class MalformedRecordError extends Error {
  override readonly name = 'MalformedRecordError';
}

const key = z.string().min(1);
const size = z.number().int().nonnegative();
const time = z.iso.datetime({ offset: true });

/** S3's "Object Created" through EventBridge. Keys are as they are. */
const eventBridgeSchema = z.object({
  source: z.literal('aws.s3'),
  'detail-type': z.literal('Object Created'),
  time,
  detail: z.object({
    bucket: z.object({ name: z.string().min(3) }),
    object: z.object({ key, size, etag: z.string().min(1), 'version-id': z.string().optional() }),
  }),
});

/** S3's own notification. Keys are URL-encoded, with + for a space. */
const notificationSchema = z.object({
  Records: z.array(
    z.object({
      eventSource: z.literal('aws:s3'),
      eventName: z.string().startsWith('ObjectCreated:'),
      eventTime: time,
      s3: z.object({
        bucket: z.object({ name: z.string().min(3) }),
        object: z.object({ key, size, eTag: z.string().min(1), versionId: z.string().optional() }),
      }),
    }),
  ),
});

/** What S3 sends once when a notification is set up. */
const testEventSchema = z.object({ Service: z.literal('Amazon S3'), Event: z.literal('s3:TestEvent') });

/** The objects a queue record tells of; none for a test event, a folder or what Assay itself wrote. */
export const parseRecord = (record: Pick<SQSRecord, 'body'>, dataBucket: string): ArrivedObject[] =>
  read(record.body).filter((object) => !isFolder(object) && !isOwn(object, dataBucket));

const read = (body: string): ArrivedObject[] => {
  const event = parseJson(body);
  if (testEventSchema.safeParse(event).success) return [];
  if (typeof event === 'object' && event !== null && 'Records' in event) return fromNotification(checked(notificationSchema, event));
  return [fromEventBridge(checked(eventBridgeSchema, event))];
};

const fromEventBridge = ({ time, detail }: z.infer<typeof eventBridgeSchema>): ArrivedObject => {
  const { key, size, etag } = detail.object;
  return { bucket: detail.bucket.name, key, etag, versionId: detail.object['version-id'], size, time };
};

const fromNotification = ({ Records }: z.infer<typeof notificationSchema>): ArrivedObject[] =>
  Records.map(({ eventTime, s3: { bucket, object } }) => ({
    bucket: bucket.name,
    key: decodeKey(object.key),
    etag: object.eTag,
    versionId: object.versionId,
    size: object.size,
    time: eventTime,
  }));

const decodeKey = (encoded: string): string => {
  try {
    return decodeURIComponent(encoded.replaceAll('+', ' '));
  } catch (cause) {
    throw new MalformedRecordError(`ingest event has a malformed key: expected URL encoding, got ${encoded.slice(0, 200)}`, { cause });
  }
};

const parseJson = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new MalformedRecordError(`ingest event is malformed: expected JSON, got ${JSON.stringify(body.slice(0, 80))}`, { cause });
  }
};

const checked = <T>(schema: z.ZodType<T>, event: unknown): T =>
  parseEventBy(
    schema,
    event,
    (reasons) => new MalformedRecordError(`ingest event is malformed: expected S3's Object Created event or notification; ${reasons}`),
  );

export const isFolder = ({ key, size }: ArrivedObject): boolean => key.endsWith('/') && size === 0;

/** Baselines are written beside their input, so that prefixes alone do not tell them apart. */
const OWN_BASELINE = /^monitors\/[^/]+\/baseline\/(?!input\/)/;
export const isOwn = ({ bucket, key }: ArrivedObject, dataBucket: string): boolean =>
  bucket === dataBucket && (OWN_PREFIXES.some((prefix) => key.startsWith(prefix)) || OWN_BASELINE.test(key));
