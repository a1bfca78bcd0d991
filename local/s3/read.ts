import { closeSync, createReadStream, fstatSync, openSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type Call, quoted, replyEmpty, replyXml } from './call.ts';
import { checkRead, conditionsOf } from './conditions.ts';
import { noSuchKey, S3Error } from './errors.ts';
import type { StoredObject } from './object.ts';
import { element } from './xml.ts';

/** GetObject and HeadObject. The file is opened in the tick in which its description is read, so they belong together. */
export async function getObject(call: Call): Promise<void> {
  const { object, descriptor } = open(call);
  try {
    const headers = headersOf(object);
    if (checkRead(object, conditionsOf(call.headers)) === 'not modified') return replyEmpty(call, 304, headers);
    const range = rangeOf(call, object.size);
    if (range.status === 200 && call.headers['x-amz-checksum-mode']?.toString().toUpperCase() === 'ENABLED') {
      Object.assign(headers, object.checksums, { 'x-amz-checksum-type': 'FULL_OBJECT' });
    }
    if (range.status === 206) headers['content-range'] = `bytes ${range.start}-${range.end}/${object.size}`;
    const length = range.end - range.start + 1;
    call.response.writeHead(range.status, { ...headers, 'accept-ranges': 'bytes', 'content-length': length });
    if (call.request.method === 'HEAD' || length === 0) return void call.response.end();
    const { start, end } = range;
    await pipeline(createReadStream('', { fd: descriptor, autoClose: false, start, end }), call.response);
  } finally {
    closeSync(descriptor);
  }
}

export function getAttributes(call: Call): void {
  const { object, descriptor } = open(call);
  closeSync(descriptor);
  replyXml(call, 200, 'GetObjectAttributesResponse', [element('ETag', object.etag), element('ObjectSize', object.size)]);
}

function open(call: Call): { object: StoredObject; descriptor: number } {
  const bucket = call.storage.bucket(call.bucket);
  const object = bucket.get(call.key);
  if (!object) throw noSuchKey();
  const descriptor = tryOpen(bucket.pathOf(object));
  if (descriptor === null) {
    bucket.forget(object);
    throw noSuchKey();
  }
  if (bucket.isUntouched(object, fstatSync(descriptor))) return { object, descriptor };
  closeSync(descriptor);
  throw new S3Error('SlowDown', 503, 'The file was changed by hand a moment ago and is not an object again yet.');
}

function tryOpen(path: string): number | null {
  try {
    return openSync(path, 'r');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}

const headersOf = (object: StoredObject): Record<string, string> => ({
  ...object.headers,
  etag: quoted(object.etag),
  'last-modified': new Date(object.modified).toUTCString(),
});

/** The bytes asked for, both ends included. A range that is not understood is the whole object, as HTTP has it. */
function rangeOf({ headers, response }: Call, size: number): { status: 200 | 206; start: number; end: number } {
  const [all, from, to] = /^bytes=(\d*)-(\d*)$/.exec(headers.range ?? '') ?? [];
  if (all === undefined || (from === '' && to === '') || (from && to && Number(from) > Number(to)))
    return { status: 200, start: 0, end: size - 1 };
  const start = from ? Number(from) : Math.max(0, size - Number(to));
  const end = from && to ? Math.min(size - 1, Number(to)) : size - 1;
  if (start <= end) return { status: 206, start, end };
  response.setHeader('content-range', `bytes */${size}`);
  throw new S3Error('InvalidRange', 416, 'The requested range is not satisfiable.');
}
