import type { Bucket } from './bucket.ts';
import { type Call, isoTime, quoted, replyXml } from './call.ts';
import { S3Error } from './errors.ts';
import { compareKeys, search } from './names.ts';
import type { StoredObject } from './object.ts';
import { element } from './xml.ts';

interface Page {
  objects: StoredObject[];
  prefixes: string[];
  /** Where the next page starts; null on the last one. */
  next: string | null;
}

/** ListObjectsV2. */
export function listObjects(call: Call): void {
  const { query } = call;
  if (query.get('list-type') !== '2') throw new S3Error('InvalidArgument', 400, 'Only list-type 2 is known.');
  const limit = Number(query.get('max-keys') ?? 1000);
  if (!Number.isInteger(limit) || limit < 0) throw new S3Error('InvalidArgument', 400, 'max-keys must be a whole number.');
  const [prefix, delimiter, token] = [query.get('prefix') ?? '', query.get('delimiter') ?? '', query.get('continuation-token')];
  const page = makePage(call.storage.bucket(call.bucket), {
    prefix,
    delimiter,
    token,
    after: query.get('start-after') ?? '',
    limit: Math.min(limit, 1000),
  });
  const urlEncoded = query.get('encoding-type') === 'url';
  const encode = (text: string) => (urlEncoded ? encodeURIComponent(text).replaceAll('%2F', '/') : text);
  replyXml(call, 200, 'ListBucketResult', [
    element('Name', call.bucket),
    element('Prefix', encode(prefix)),
    element('KeyCount', page.objects.length + page.prefixes.length),
    element('MaxKeys', limit),
    ...(delimiter ? [element('Delimiter', encode(delimiter))] : []),
    ...(urlEncoded ? [element('EncodingType', 'url')] : []),
    element('IsTruncated', page.next !== null),
    ...(token === null ? [] : [element('ContinuationToken', token)]),
    ...(page.next === null ? [] : [element('NextContinuationToken', page.next)]),
    ...page.objects.map((object) => contents(object, encode(object.key))),
    ...page.prefixes.map((found) => element('CommonPrefixes', [element('Prefix', encode(found))])),
  ]);
}

function makePage(
  bucket: Bucket,
  options: { prefix: string; delimiter: string; token: string | null; after: string; limit: number },
): Page {
  const { prefix, delimiter, limit } = options;
  const page: Page = { objects: [], prefixes: [], next: null };
  let index = startOf(bucket.keys, options);
  let last = '';
  while (index < bucket.keys.length) {
    const key = bucket.keys[index]!;
    if (!key.startsWith(prefix) || limit === 0) break;
    if (page.objects.length + page.prefixes.length === limit) {
      page.next = Buffer.from(last).toString('base64url');
      break;
    }
    const end = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
    if (end < 0) {
      page.objects.push(bucket.get(key)!);
      last = `key:${key}`;
      index++;
    } else {
      const common = key.slice(0, end + delimiter.length);
      page.prefixes.push(common);
      last = `prefix:${common}`;
      index = afterPrefix(bucket.keys, common);
    }
  }
  return page;
}

/** The first key not before the prefix and after what the caller has seen. */
function startOf(keys: readonly string[], { prefix, token, after }: { prefix: string; token: string | null; after: string }): number {
  const [, kind, last = after] = /^(key|prefix):(.*)$/s.exec(token === null ? '' : Buffer.from(token, 'base64url').toString()) ?? [];
  if (token !== null && !kind) throw new S3Error('InvalidArgument', 400, 'The continuation token provided is incorrect.');
  const seen = kind === 'prefix' ? afterPrefix(keys, last) : last ? search(keys, (key) => compareKeys(key, last) <= 0) : 0;
  return Math.max(
    seen,
    search(keys, (key) => compareKeys(key, prefix) < 0),
  );
}

/** The first key after all those with the prefix. */
const afterPrefix = (keys: readonly string[], prefix: string): number =>
  search(keys, (key) => key.startsWith(prefix) || compareKeys(key, prefix) < 0);

const contents = ({ modified, etag, size }: StoredObject, key: string): string =>
  element('Contents', [
    element('Key', key),
    element('LastModified', isoTime(modified)),
    element('ETag', quoted(etag)),
    element('Size', size),
    element('StorageClass', 'STANDARD'),
  ]);
