import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createS3Store } from '../../layers/quality/store/s3.ts';
import { ConflictError, type Store, SupersededError } from '../../layers/quality/store/store.ts';
import { type S3Server, startS3 } from '../../local/s3/index.ts';

vi.setConfig({ testTimeout: 60_000 });

let folder: string;
let server: S3Server;
let client: S3Client;
let store: Store;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'assay-s3-'));
  server = await startS3({ directory: join(folder, 'buckets') });
  await server.createBucket('bkt');
  client = new S3Client({ endpoint: server.url, region: 'us-east-1', credentials: { accessKeyId: 'x', secretAccessKey: 'y' } });
  store = createS3Store(client);
});
afterAll(async () => {
  client.destroy();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});
const bytes = (text: string) => Buffer.from(text);
const create = (key: string, text: string) => store.create('bkt', key, bytes(text), 'text/plain');

describe('the store on a real server', () => {
  it.each(['a b.csv', 'a+b c%20.csv', 'größe/日本.csv', 'k'.repeat(200), 'q?&=#.csv'])(
    'brings back what was created as %s',
    async (key) => {
      await create(key, key);
      const { etag } = (await store.head('bkt', key))!;
      const path = join(folder, 'download');
      expect(await store.download({ bucket: 'bkt', key, etag }, path)).toMatchObject({ etag, bytes: bytes(key).length });
      expect(readFileSync(path, 'utf8')).toBe(key);
      expect(await store.get('bkt', key)).toEqual({ body: bytes(key), etag });
    },
  );

  it('creates once: the same again is success, another is a conflict', async () => {
    await create('once', 'one');
    await create('once', 'one');
    await expect(create('once', 'two')).rejects.toThrow(ConflictError);
    expect((await store.get('bkt', 'once'))!.body.toString()).toBe('one');
  });

  it('lets many create the same, and one of many that differ', async () => {
    await Promise.all(Array.from({ length: 10 }, () => create('same', 'one')));
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, (_, index) => create('race', String(index))));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('replaces only what it knows', async () => {
    const replace = (text: string, etag: string | null) => store.replace('bkt', 'current', bytes(text), 'text/plain', etag);
    expect(await replace('one', 'ffff')).toBe(false);
    expect(await replace('one', null)).toBe(true);
    const first = (await store.head('bkt', 'current'))!.etag;
    expect(await replace('two', first)).toBe(true);
    expect(await replace('three', first)).toBe(false);
    expect((await store.get('bkt', 'current'))!.body.toString()).toBe('two');
  });

  it('does not read an object that was replaced or went away', async () => {
    await store.replace('bkt', 'moving', bytes('one'), 'text/plain', null);
    const { etag } = (await store.head('bkt', 'moving'))!;
    await store.replace('bkt', 'moving', bytes('two'), 'text/plain', etag);
    await expect(store.download({ bucket: 'bkt', key: 'moving', etag }, join(folder, 'x'))).rejects.toThrow(SupersededError);
    await expect(store.download({ bucket: 'bkt', key: 'gone', etag }, join(folder, 'x'))).rejects.toThrow(SupersededError);
  });

  it('lists more than a page, in key order', async () => {
    const names = Array.from({ length: 1005 }, (_, index) => `many/${String(index).padStart(5, '0')}`);
    for (let from = 0; from < names.length; from += 50) await Promise.all(names.slice(from, from + 50).map((key) => create(key, 'x')));
    expect((await store.list('bkt', 'many/')).map(({ key }) => key)).toEqual(names);
    expect(await store.list('bkt', 'none/')).toEqual([]);
  });
});
