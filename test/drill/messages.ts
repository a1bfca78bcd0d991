import { etagOf } from '../usecases/memory-store.ts';
import { BUCKET, START } from './data.ts';

/** What S3 says of one version of an object. */
export interface Arrival {
  key: string;
  body: Buffer;
}

/** An event as EventBridge brings it or, if `notified`, S3 itself; `skew` 0.5 is a clock that is right, others are up to a day off. */
export function messageOf({ key, body }: Arrival, skew = 0.5, notified = false): string {
  const time = new Date(START + Math.round((skew - 0.5) * 2 * 86_400_000)).toISOString();
  const bucket = { name: BUCKET };
  const [size, etag] = [body.length, etagOf(body)];
  if (!notified)
    return JSON.stringify({ source: 'aws.s3', 'detail-type': 'Object Created', time, detail: { bucket, object: { key, size, etag } } });
  const object = { key: encodeURIComponent(key).replaceAll('%20', '+'), size, eTag: etag };
  return JSON.stringify({ Records: [{ eventSource: 'aws:s3', eventName: 'ObjectCreated:Put', eventTime: time, s3: { bucket, object } }] });
}

/** Messages that tell of no object: no attempt can read them. */
export const UNREADABLE = [
  'no JSON at all',
  '{"source":"aws.s3","detail-type":"Object Created"}',
  JSON.stringify({ Records: [{ eventSource: 'aws:s3', eventName: 'ObjectCreated:Put' }] }),
];
