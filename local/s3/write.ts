import { copyFileSync } from 'node:fs';
import { type Call, isoTime, quoted, replyEmpty, replyXml } from './call.ts';
import { checkRead, conditionsOf } from './conditions.ts';
import { noSuchKey, notImplemented, preconditionFailed, S3Error } from './errors.ts';
import { keptHeaders } from './object.ts';
import { receive, receiveText } from './receive.ts';
import { contentsOf, element, unescapeXml } from './xml.ts';

const MOST_DELETIONS = 1000;

/** PutObject and CopyObject. */
export async function putObject(call: Call): Promise<void> {
  const { storage, headers, bucket, key } = call;
  if (headers['x-amz-copy-source'] !== undefined) return copyObject(call);
  if (headers['x-amz-tagging'] !== undefined) throw notImplemented('tagging');
  storage.bucket(bucket);
  const { path, ...body } = await receive(call.request, storage.temporaryPath());
  const description = { ...body, headers: keptHeaders(headers) };
  const object = storage.commit({ bucket, key, reason: 'PutObject' }, path, description, conditionsOf(headers));
  replyEmpty(call, 200, { etag: quoted(object.etag), ...object.checksums });
}

function copyObject(call: Call): void {
  const { storage, headers, bucket, key } = call;
  const source = decodeURIComponent(String(headers['x-amz-copy-source'])).replace(/^\//, '');
  const slash = source.indexOf('/');
  const from = storage.bucket(source.slice(0, slash));
  const object = from.get(source.slice(slash + 1));
  if (!object) throw noSuchKey();
  if (checkRead(object, conditionsOf(headers, 'x-amz-copy-source-')) === 'not modified') throw preconditionFailed();
  const replaces = headers['x-amz-metadata-directive'] === 'REPLACE';
  if (from === storage.bucket(bucket) && object.key === key && !replaces) {
    throw new S3Error('InvalidRequest', 400, 'An object is copied to itself without changing its metadata.');
  }
  const path = storage.temporaryPath();
  copyFileSync(from.pathOf(object), path);
  const description = { ...object, headers: replaces ? keptHeaders(headers) : object.headers };
  const { size, etag, checksums } = description;
  const copy = storage.commit(
    { bucket, key, reason: 'CopyObject' },
    path,
    { size, etag, checksums, headers: description.headers },
    conditionsOf(headers),
  );
  replyXml(call, 200, 'CopyObjectResult', [element('LastModified', isoTime(copy.modified)), element('ETag', quoted(copy.etag))]);
}

export function deleteObject(call: Call): void {
  const bucket = call.storage.bucket(call.bucket);
  const { ifMatch } = conditionsOf(call.headers);
  const present = bucket.get(call.key);
  if (present && ifMatch !== undefined && ifMatch !== '*' && ifMatch !== present.etag) throw preconditionFailed();
  bucket.remove(call.key);
  replyEmpty(call, 204);
}

export async function deleteObjects(call: Call): Promise<void> {
  const xml = await receiveText(call.request);
  const bucket = call.storage.bucket(call.bucket);
  const keys = contentsOf(xml, 'Object').map((object) => unescapeXml(contentsOf(object, 'Key')[0] ?? ''));
  if (!keys.length || keys.length > MOST_DELETIONS || keys.includes('')) throw new S3Error('MalformedXML', 400);
  for (const key of keys) bucket.remove(key);
  const quiet = contentsOf(xml, 'Quiet')[0] === 'true';
  replyXml(call, 200, 'DeleteResult', quiet ? [] : keys.map((key) => element('Deleted', [element('Key', key)])));
}
