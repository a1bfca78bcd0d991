import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectTaggingCommand,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareKeys } from '../../local/s3/names.ts';
import { BUCKET, startServer, statusOf, temporaryFolder } from './client.ts';

test('a write under a condition succeeds only where it holds', async () => {
  const { s3, put, text } = await startServer();
  const first = await put('x', '1', { IfNoneMatch: '*' });
  expect(await statusOf(put('x', '2', { IfNoneMatch: '*' }))).toBe(412);
  expect(await statusOf(put('x', '2', { IfMatch: '"0"' }))).toBe(412);
  expect(await statusOf(put('missing', '2', { IfMatch: '"0"' }))).toBe(404);
  const second = await put('x', '2', { IfMatch: first.ETag });
  expect(await statusOf(put('x', '3', { IfMatch: first.ETag }))).toBe(412);
  expect(await text('x')).toBe('2');
  const read = (IfMatch: string | undefined) => statusOf(s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'x', IfMatch })));
  expect(await read(first.ETag)).toBe(412);
  expect(await read(second.ETag)).toBe(200);
});

test('of many writers under one condition exactly one wins', async () => {
  const { put } = await startServer();
  const race = (more: object) => Promise.all(Array.from({ length: 20 }, (_, i) => statusOf(put('race', `v${i}`, more))));
  expect((await race({ IfNoneMatch: '*' })).sort()).toEqual([200, ...Array(19).fill(412)]);
  const { ETag } = await put('race', 'again');
  expect((await race({ IfMatch: ETag })).sort()).toEqual([200, ...Array(19).fill(412)]);
});

test('a stream arrives without its framing, also in tiny chunks', async () => {
  const { put, text } = await startServer();
  const pieces = Array.from({ length: 50 }, (_, i) => `${i}\r\n`.repeat(400));
  await put('stream', Readable.from(pieces), { ContentLength: Buffer.byteLength(pieces.join('')) });
  expect(await text('stream')).toBe(pieces.join(''));
});

test('a body with another checksum than it announces is refused and leaves nothing', async () => {
  const { server, directory, put } = await startServer();
  const events: unknown[] = [];
  server.onCreated((event) => events.push(event));
  expect(await statusOf(put('bad', 'abc', { ChecksumCRC32: 'AAAAAA==' }))).toBe(400);
  expect(await statusOf(put('bad', 'abc', { ChecksumSHA256: 'AAAA' }))).toBe(400);
  expect(await statusOf(put('bad', 'abc', { ChecksumAlgorithm: 'SHA1' }))).toBe(200);
  expect(readdirSync(join(directory, '.assay-s3', '.tmp'))).toEqual([]);
  expect(events).toHaveLength(1);
});

test('keys that are paths are files to look at; any other key is kept too', async () => {
  const { directory, s3, put, text } = await startServer();
  await put('reports/m/2026/report.html', '<p>', { ContentType: 'text/html' });
  expect(readFileSync(join(directory, BUCKET, 'reports/m/2026/report.html'), 'utf8')).toBe('<p>');
  const odd = [
    'a//b',
    'trail/',
    '/lead',
    'a/../b',
    '..',
    '.',
    '.hidden',
    'CON',
    'a:b*c?"<|>\\d',
    'x',
    'x/y',
    'x/y/z',
    `${'ü/'.repeat(300)}`,
  ];
  for (const key of odd) await put(key, `v:${key}`);
  for (const key of odd) expect(await text(key)).toBe(`v:${key}`);
  const listed = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET }));
  expect(listed.Contents!.map((object) => object.Key).sort()).toEqual([...odd, 'reports/m/2026/report.html'].sort());
  await s3.send(
    new DeleteObjectsCommand({ Bucket: BUCKET, Delete: { Objects: [...odd, 'reports/m/2026/report.html'].map((Key) => ({ Key })) } }),
  );
  expect(readdirSync(join(directory, BUCKET))).toEqual([]);
  expect(readdirSync(join(directory, '.assay-s3', BUCKET, 'meta'))).toEqual([]);
  expect(readdirSync(join(directory, '.assay-s3', BUCKET, 'objects'))).toEqual([]);
});

test('what is not known is refused and changes nothing', async () => {
  const { server, s3, put, text } = await startServer();
  await put('x', '1');
  expect(await statusOf(s3.send(new PutObjectTaggingCommand({ Bucket: BUCKET, Key: 'x', Tagging: { TagSet: [] } })))).toBe(501);
  expect(await statusOf(s3.send(new GetObjectTaggingCommand({ Bucket: BUCKET, Key: 'x' })))).toBe(501);
  expect(await statusOf(put('x', '2', { ChecksumAlgorithm: 'CRC32C', ChecksumCRC32C: 'AAAAAA==' }))).toBe(501);
  const raw = async (method: string, path: string, headers = {}) => (await fetch(server.url + path, { method, headers })).status;
  expect(await raw('PUT', `/${BUCKET}/x?made-up`)).toBe(501);
  expect(await raw('GET', `/${BUCKET}`)).toBe(405);
  expect(await raw('PATCH', `/${BUCKET}/x`)).toBe(405);
  expect(await raw('GET', `/${BUCKET}/x`, { Origin: 'http://evil.example' })).toBe(403);
  expect(await raw('GET', `/${BUCKET}/%zz`)).toBe(400);
  expect(await text('x')).toBe('1');
});

test('objects, their headers and checksums outlive the server', async () => {
  const directory = temporaryFolder();
  const first = await startServer(directory);
  await first.put('a/x.json', '{}', {
    ContentType: 'application/json',
    Metadata: { k: 'v' },
    CacheControl: 'no-store',
    ChecksumAlgorithm: 'SHA256',
  });
  await first.put('odd//x', '2');
  const head = (from: typeof first) => from.s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'a/x.json', ChecksumMode: 'ENABLED' }));
  const { $metadata: _, ...before } = await head(first);
  await first.server.close();
  const second = await startServer(directory);
  const events: unknown[] = [];
  second.server.onCreated((event) => events.push(event));
  const { $metadata: __, ...after } = await head(second);
  expect(after).toEqual(before);
  expect(after).toMatchObject({ ContentType: 'application/json', Metadata: { k: 'v' }, CacheControl: 'no-store', ContentLength: 2 });
  expect(after.ChecksumSHA256).toBeTruthy();
  expect(await second.text('odd//x')).toBe('2');
  await second.server.settled();
  expect(events).toEqual([]);
});

test('copies keep or replace headers, and obey conditions on both sides', async () => {
  const { s3, put, text } = await startServer();
  const { ETag } = await put('from', 'abc', { ContentType: 'text/plain' });
  const copy = (Key: string, more = {}) => s3.send(new CopyObjectCommand({ Bucket: BUCKET, Key, CopySource: `${BUCKET}/from`, ...more }));
  await copy('to');
  await copy('as-json', { MetadataDirective: 'REPLACE', ContentType: 'application/json' });
  expect(await text('to')).toBe('abc');
  const type = async (Key: string) => (await s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key }))).ContentType;
  expect([await type('to'), await type('as-json')]).toEqual(['text/plain', 'application/json']);
  expect(await statusOf(copy('to', { IfNoneMatch: '*' }))).toBe(412);
  expect(await statusOf(copy('new', { CopySourceIfMatch: '"0"' }))).toBe(412);
  expect(await statusOf(copy('new', { CopySourceIfMatch: ETag }))).toBe(200);
  expect(await statusOf(copy('from'))).toBe(400);
});

test('listing pages through objects and common prefixes in UTF-8 order, whatever the page size', async () => {
  const { s3, put } = await startServer();
  const keys = ['a', 'a/1', 'a/2', 'a-b', 'b/c/1', 'b/c/2', 'b/d', 'c', 'é/1', '\u{1f600}/x', '\uffe0'];
  for (const key of keys) await put(key, key);
  for (const MaxKeys of [1, 2, 3, 100]) {
    const seen: string[] = [];
    const flat: string[] = [];
    const pages = (more: object) => paginateListObjectsV2({ client: s3 }, { Bucket: BUCKET, MaxKeys, ...more });
    for await (const page of pages({ Delimiter: '/' })) {
      seen.push(...[...(page.Contents ?? []).map((o) => o.Key!), ...(page.CommonPrefixes ?? []).map((p) => p.Prefix!)].sort(compareKeys));
    }
    for await (const page of pages({ EncodingType: 'url' })) flat.push(...(page.Contents ?? []).map((o) => decodeURIComponent(o.Key!)));
    expect(seen).toEqual(['a', 'a-b', 'a/', 'b/', 'c', 'é/', '\uffe0', '\u{1f600}/']);
    expect(flat).toEqual([...keys].sort((x, y) => Buffer.compare(Buffer.from(x), Buffer.from(y))));
  }
});

test('keys compare as their UTF-8 bytes', () => {
  const unit = fc.string({ unit: fc.constantFrom('a', 'b', '/', 'é', '日', '\ud7ff', '\ue000', '\uffe0', '\u{10000}', '\u{1f600}') });
  fc.assert(
    fc.property(unit, unit, (a, b) => {
      expect(Math.sign(compareKeys(a, b))).toBe(Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b))));
    }),
  );
});

test('a bucket goes only when nothing is left in it', async () => {
  const { directory, s3, put } = await startServer();
  await put('x', '1');
  const remove = () => statusOf(s3.send(new DeleteBucketCommand({ Bucket: BUCKET })));
  expect(await remove()).toBe(409);
  await s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'x' }));
  expect(await remove()).toBe(200);
  expect(existsSync(join(directory, BUCKET))).toBe(false);
});
