import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, rmSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type Call, quoted, replyEmpty, replyXml } from './call.ts';
import { conditionsOf } from './conditions.ts';
import { notImplemented, S3Error } from './errors.ts';
import { keptHeaders } from './object.ts';
import { type Received, receive, receiveText } from './receive.ts';
import type { Storage } from './storage.ts';
import { contentsOf, element, unescapeXml } from './xml.ts';

interface Upload {
  bucket: string;
  key: string;
  headers: Record<string, string>;
  parts: Map<number, Received>;
}

const MOST_PARTS = 10_000;
const SMALLEST_PART = 5 * 1024 * 1024;

/** Uploads under way. They live as long as the server. */
const uploads = new WeakMap<Storage, Map<string, Upload>>();
const uploadsOf = (storage: Storage): Map<string, Upload> => {
  if (!uploads.has(storage)) uploads.set(storage, new Map());
  return uploads.get(storage)!;
};

function uploadOf({ storage, bucket, key, query }: Call): { id: string; upload: Upload } {
  const id = query.get('uploadId') ?? '';
  const upload = uploadsOf(storage).get(id);
  if (upload?.bucket !== bucket || upload.key !== key) throw new S3Error('NoSuchUpload', 404, 'The specified upload does not exist.');
  return { id, upload };
}

export function createUpload(call: Call): void {
  const { storage, bucket, key, headers } = call;
  storage.bucket(bucket);
  const id = randomUUID();
  uploadsOf(storage).set(id, { bucket, key, headers: keptHeaders(headers), parts: new Map() });
  replyXml(call, 200, 'InitiateMultipartUploadResult', [element('Bucket', bucket), element('Key', key), element('UploadId', id)]);
}

export async function uploadPart(call: Call): Promise<void> {
  const { upload } = uploadOf(call);
  const number = Number(call.query.get('partNumber'));
  if (!Number.isInteger(number) || number < 1 || number > MOST_PARTS)
    throw new S3Error('InvalidArgument', 400, 'Part numbers are 1 to 10000.');
  if (call.headers['x-amz-copy-source'] !== undefined) throw notImplemented('UploadPartCopy');
  const part = await receive(call.request, call.storage.temporaryPath());
  const before = upload.parts.get(number);
  upload.parts.set(number, part);
  if (before) rmSync(before.path, { force: true });
  replyEmpty(call, 200, { etag: quoted(part.etag), ...part.checksums });
}

export async function completeUpload(call: Call): Promise<void> {
  const { storage, bucket, key } = call;
  const xml = await receiveText(call.request);
  const { id, upload } = uploadOf(call);
  const parts = partsOf(xml, upload);
  const path = storage.temporaryPath();
  for (const part of parts) await pipeline(createReadStream(part.path), createWriteStream(path, { flags: 'a' }));
  const md5 = createHash('md5');
  for (const part of parts) md5.update(part.etag, 'hex');
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  const description = { size, etag: `${md5.digest('hex')}-${parts.length}`, headers: upload.headers, checksums: {} };
  const object = storage.commit({ bucket, key, reason: 'CompleteMultipartUpload' }, path, description, conditionsOf(call.headers));
  discard(storage, id, upload);
  const names = [element('Bucket', bucket), element('Key', key)];
  replyXml(call, 200, 'CompleteMultipartUploadResult', [...names, element('ETag', quoted(object.etag))]);
}

function partsOf(xml: string, upload: Upload): Received[] {
  const listed = contentsOf(xml, 'Part').map((part) => ({
    number: Number(contentsOf(part, 'PartNumber')[0]),
    etag: unescapeXml(contentsOf(part, 'ETag')[0] ?? '').replaceAll('"', ''),
  }));
  if (!listed.length) throw new S3Error('MalformedXML', 400);
  return listed.map(({ number, etag }, index) => {
    const part = upload.parts.get(number);
    if (part?.etag !== etag) throw new S3Error('InvalidPart', 400, `Part ${number} was not uploaded, or has another ETag.`);
    if (index > 0 && listed[index - 1]!.number >= number)
      throw new S3Error('InvalidPartOrder', 400, 'The parts are not in ascending order.');
    if (index < listed.length - 1 && part.size < SMALLEST_PART) throw new S3Error('EntityTooSmall', 400, `Part ${number} is too small.`);
    return part;
  });
}

export function abortUpload(call: Call): void {
  const { id, upload } = uploadOf(call);
  discard(call.storage, id, upload);
  replyEmpty(call, 204);
}

export function listParts(call: Call): void {
  const { id, upload } = uploadOf(call);
  const parts = [...upload.parts].sort(([a], [b]) => a - b);
  const elements = parts.map(([number, { etag, size }]) =>
    element('Part', [element('PartNumber', number), element('ETag', quoted(etag)), element('Size', size)]),
  );
  const names = [element('Bucket', call.bucket), element('Key', call.key), element('UploadId', id)];
  replyXml(call, 200, 'ListPartsResult', [...names, element('IsTruncated', false), ...elements]);
}

export function listUploads(call: Call): void {
  call.storage.bucket(call.bucket);
  const own = [...uploadsOf(call.storage)].filter(([, upload]) => upload.bucket === call.bucket);
  const elements = own.map(([id, { key }]) => element('Upload', [element('Key', key), element('UploadId', id)]));
  replyXml(call, 200, 'ListMultipartUploadsResult', [element('Bucket', call.bucket), element('IsTruncated', false), ...elements]);
}

function discard(storage: Storage, id: string, upload: Upload): void {
  uploadsOf(storage).delete(id);
  for (const part of upload.parts.values()) rmSync(part.path, { force: true });
}
