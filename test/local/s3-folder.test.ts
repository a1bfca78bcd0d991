import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { HeadObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import type { ObjectCreated } from '../../local/s3/index.ts';
import { BUCKET, startServer, statusOf, temporaryFolder } from './client.ts';

async function startListening(directory?: string) {
  const started = await startServer(directory);
  const events: ObjectCreated[] = [];
  started.server.onCreated((event) => events.push(event));
  return { ...started, events, folder: join(started.directory, BUCKET) };
}

/** A request whose path no client has tidied up. */
const raw = (url: string, method: string, path: string, body = ''): Promise<number> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    request({ hostname, port, method, path, headers: { 'content-length': body.length } }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode!));
    })
      .on('error', reject)
      .end(body);
  });

test('a file copied into a bucket folder is an upload', async () => {
  const { server, s3, events, folder, text } = await startListening();
  mkdirSync(join(folder, 'captures/2026/11'), { recursive: true });
  writeFileSync(join(folder, 'captures/2026/11/a b.csv'), '1,2\n');
  writeFileSync(join(folder, '.DS_Store'), 'no object');
  await server.settled();
  expect(events).toHaveLength(1);
  expect(events[0]).toMatchObject({ bucket: BUCKET, key: 'captures/2026/11/a b.csv', size: 4, reason: 'PutObject' });
  expect(await text('captures/2026/11/a b.csv')).toBe('1,2\n');
  const head = await s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'captures/2026/11/a b.csv' }));
  expect(head).toMatchObject({ ContentType: 'text/csv', ETag: `"${events[0]!.etag}"` });
  expect((await s3.send(new ListObjectsV2Command({ Bucket: BUCKET }))).KeyCount).toBe(1);
});

test('a file still growing is not taken until it rests', { retry: 2 }, async () => {
  const { server, events, folder } = await startListening();
  const file = join(folder, 'slow.csv');
  writeFileSync(file, 'x');
  const writer = setInterval(() => appendFileSync(file, 'x'), 150);
  void setTimeout(1500).then(() => clearInterval(writer));
  await server.settled();
  expect(events.map(({ size }) => size)).toEqual([readFileSync(file).length]);
});

test('a file changed by hand is a new upload, a deleted one is gone', async () => {
  const { server, events, folder, put, text, s3 } = await startListening();
  await put('x.txt', 'one', { Metadata: { by: 'api' } });
  await put('y.txt', 'one');
  writeFileSync(join(folder, 'x.txt'), 'by hand');
  expect(await statusOf(text('x.txt'))).toBe(503);
  rmSync(join(folder, 'y.txt'));
  expect(await statusOf(text('y.txt'))).toBe(404);
  await server.settled();
  expect(events.map(({ key, size }) => [key, size])).toEqual([
    ['x.txt', 3],
    ['y.txt', 3],
    ['x.txt', 7],
  ]);
  expect(events[2]!.sequencer > events[1]!.sequencer).toBe(true);
  expect(await text('x.txt')).toBe('by hand');
  expect((await s3.send(new ListObjectsV2Command({ Bucket: BUCKET }))).KeyCount).toBe(1);
});

test('files and buckets that came while the server was down are found', async () => {
  const directory = temporaryFolder();
  mkdirSync(join(directory, 'made-by-hand/in'), { recursive: true });
  writeFileSync(join(directory, 'made-by-hand/in/x'), '1');
  const { server, events } = await startListening(directory);
  await server.settled();
  expect(events).toMatchObject([{ bucket: 'made-by-hand', key: 'in/x' }]);
  cpSync(join(directory, 'made-by-hand'), join(directory, 'another'), { recursive: true });
  await server.settled();
  expect(events[1]).toMatchObject({ bucket: 'another', key: 'in/x' });
});

test('a bucket folder deleted by hand is an empty bucket', async () => {
  const { server, folder, put, text } = await startListening();
  await put('a/x', '1');
  rmSync(folder, { recursive: true });
  await server.settled();
  expect(await statusOf(text('a/x'))).toBe(404);
  await put('a/x', '2');
  expect(readFileSync(join(folder, 'a/x'), 'utf8')).toBe('2');
});

test('an upload broken off leaves nothing', async () => {
  const { server, directory, events } = await startListening();
  const { hostname, port } = new URL(server.url);
  const upload = request({ hostname, port, method: 'PUT', path: `/${BUCKET}/broken`, headers: { 'content-length': 1e6 } }).on(
    'error',
    () => {},
  );
  upload.write('x'.repeat(1000));
  const unfinished = () => readdirSync(join(directory, '.assay-s3/.tmp')).length;
  await expect.poll(unfinished, { timeout: 5000 }).toBe(1);
  upload.destroy();
  await expect.poll(unfinished, { timeout: 5000 }).toBe(0);
  expect((await fetch(`${server.url}/${BUCKET}/broken`)).status).toBe(404);
  expect(events).toEqual([]);
});

test('own writes are announced once, though the folder is watched', async () => {
  const { server, events, put } = await startListening();
  await Promise.all(Array.from({ length: 200 }, (_, i) => put(`many/${i % 7}/${i}`, `${i}`)));
  await server.settled();
  await server.settled();
  expect(events).toHaveLength(200);
});

test('nothing is ever written outside', async () => {
  const outer = temporaryFolder();
  const directory = join(outer, 'inner/store');
  const { server, put, text } = await startListening(directory);
  const up = ['../', '..%2f', '%2e%2e/', '%2e%2e%2f', '.%2e/', '..\\', '%5c..%5c', '%00../', '/../', '%2f..%2f', 'a/../../'];
  for (const step of up) {
    for (const depth of [1, 4]) {
      await raw(server.url, 'PUT', `/${BUCKET}/${step.repeat(depth)}evil.txt`, 'evil');
      await raw(server.url, 'PUT', `/${step.repeat(depth)}evil-bucket`, '');
      await raw(server.url, 'PUT', `/${step.repeat(depth)}evil-bucket/x`, 'evil');
      await raw(server.url, 'DELETE', `/${BUCKET}/${step.repeat(depth)}inner`);
      await raw(server.url, 'GET', `/${BUCKET}/${step.repeat(depth)}etc/passwd`);
    }
  }
  for (const key of ['/etc/evil', 'C:\\evil', '.assay-s3/evil', '../.assay-s3/bkt-test/meta/evil.json', '\0evil', 'nul\0/../x']) {
    await put(key, key);
    expect(await text(key)).toBe(key);
  }
  expect(readdirSync(outer)).toEqual(['inner']);
  expect(readdirSync(join(outer, 'inner'))).toEqual(['store']);
  expect(readdirSync(directory).sort()).toEqual(['.assay-s3', BUCKET]);
  expect(readdirSync(join(directory, BUCKET), { recursive: true })).toEqual([]);
  expect(readdirSync(join(directory, '.assay-s3')).sort()).toEqual(['.tmp', BUCKET]);
});

test('a link in a bucket folder leads nowhere', async () => {
  const { server, events, folder, put, text } = await startListening();
  const outside = temporaryFolder();
  writeFileSync(join(outside, 'secret'), 'secret');
  symlinkSync(outside, join(folder, 'link'));
  symlinkSync(join(outside, 'secret'), join(folder, 'secret'));
  await put('link/deep/x', '1');
  await put('secret', '2');
  expect([await text('link/deep/x'), await text('secret')]).toEqual(['1', '2']);
  await server.settled();
  expect(events).toHaveLength(2);
  expect(readdirSync(outside)).toEqual(['secret']);
  expect(readFileSync(join(outside, 'secret'), 'utf8')).toBe('secret');
});

test('it listens on the loopback interface alone', async () => {
  const { server } = await startListening();
  expect(new URL(server.url).hostname).toBe('127.0.0.1');
  if (!existsSync('/proc/net/tcp')) return;
  const port = Number(new URL(server.url).port).toString(16).toUpperCase().padStart(4, '0');
  const listening = execFileSync('cat', ['/proc/net/tcp', '/proc/net/tcp6'], { encoding: 'utf8' }).split('\n');
  const own = listening.filter((line) => new RegExp(`:${port} 0+:0000 0A`).test(line));
  expect(own).toHaveLength(1);
  expect(own[0]).toContain(`0100007F:${port}`);
});
