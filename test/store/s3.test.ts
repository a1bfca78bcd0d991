import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createS3Store } from '../../layers/quality/store/s3.ts';
import { ConflictError, type Store, SupersededError } from '../../layers/quality/store/store.ts';
import { brokenOff, ok, startFakeS3, status } from './fake-s3.ts';

const BODY = Buffer.from('{"a":1}');
const hash = (encoding: 'hex' | 'base64') => createHash('sha256').update(BODY).digest(encoding);

let s3: Awaited<ReturnType<typeof startFakeS3>>;
let store: Store;
let folder: string;
beforeEach(async () => {
  s3 = await startFakeS3();
  store = createS3Store(s3.client);
  folder = mkdtempSync(join(tmpdir(), 'assay-store-'));
});
afterEach(async () => {
  await s3.stop();
  rmSync(folder, { recursive: true, force: true });
});
const methods = () => s3.seen.map(({ method }) => method).join(' ');

describe('download', () => {
  const download = () => store.download({ bucket: 'bkt', key: 'a b+c.csv', etag: 'e1', versionId: 'v1' }, join(folder, 'file'));

  it('streams the newest version to the file, if it still is the one meant', async () => {
    s3.will(ok({}, 'x,y\n1,2\n'));

    expect(await download()).toEqual({ etag: 'e1', lastModified: new Date('2026-11-23T10:00:00Z'), bytes: 8 });
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('x,y\n1,2\n');
    expect(s3.seen[0]).toMatchObject({ path: '/bkt/a%20b%2Bc.csv', headers: { 'if-match': '"e1"' } });
    expect(s3.seen[0]!.query.has('versionId')).toBe(false);
  });

  it('reads the version meant where no ETag is known', async () => {
    s3.will(ok({}, 'x'));
    await store.download({ bucket: 'bkt', key: 'k', versionId: 'v1' }, join(folder, 'file'));
    expect(s3.seen[0]!.query.get('versionId')).toBe('v1');
  });

  it.each([
    [412, 'PreconditionFailed'],
    [404, 'NoSuchKey'],
  ])('takes %d %s for superseded', async (code, name) => {
    s3.will(status(code, name));
    await expect(download()).rejects.toThrow(SupersededError);
  });

  it('does not take a missing bucket for superseded', async () => {
    s3.will(status(404, 'NoSuchBucket'));
    await expect(download()).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });

  it('starts again after a 503 and after a body that breaks off', async () => {
    s3.will(status(503, 'SlowDown'), brokenOff, ok({}, 'whole'));
    expect(await download()).toMatchObject({ bytes: 5 });
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('whole');
  });

  it('does not repeat what is forbidden', async () => {
    s3.will(status(403, 'AccessDenied'));
    await expect(download()).rejects.toMatchObject({ name: 'AccessDenied' });
    expect(s3.seen).toHaveLength(1);
  });
});

describe('get and head', () => {
  it('give content and ETag without quotes', async () => {
    s3.will(ok({}, BODY), ok({ 'x-amz-meta-sha256': 'abc', 'content-length': '7' }));
    expect(await store.get('bkt', 'k')).toEqual({ body: BODY, etag: 'e1' });
    expect(await store.head('bkt', 'k')).toEqual({ etag: 'e1', bytes: 7, lastModified: new Date('2026-11-23T10:00:00Z'), sha256: 'abc' });
  });

  it('prefer the checksum S3 keeps, but not that of parts', async () => {
    s3.will(ok({ 'x-amz-checksum-sha256': hash('base64') }), ok({ 'x-amz-checksum-sha256': `${hash('base64')}-3` }));
    expect((await store.head('bkt', 'k'))?.sha256).toBe(hash('hex'));
    expect((await store.head('bkt', 'k'))?.sha256).toBe(null);
    expect(s3.seen[0]!.headers['x-amz-checksum-mode']).toBe('ENABLED');
  });

  it('are null where there is nothing', async () => {
    s3.will(status(404, 'NoSuchKey'), status(404));
    expect(await store.get('bkt', 'k')).toBe(null);
    expect(await store.head('bkt', 'k')).toBe(null);
  });
});

describe('create', () => {
  const create = () => store.create('bkt', 'k', BODY, 'application/json');
  const ours = ok({ 'x-amz-checksum-sha256': hash('base64') });

  it('writes once, with its checksum', async () => {
    s3.will(ok());
    await create();
    expect(s3.seen[0]).toMatchObject({
      method: 'PUT',
      body: BODY,
      headers: {
        'if-none-match': '*',
        'x-amz-checksum-sha256': hash('base64'),
        'x-amz-meta-sha256': hash('hex'),
        'content-type': 'application/json',
      },
    });
  });

  it('locks reports, where they are to be locked, and nothing else', async () => {
    const lock = { mode: 'COMPLIANCE', days: 10 } as const;
    store = createS3Store(s3.client, { reportLock: lock, now: () => new Date('2026-11-20T12:00:00Z') });
    s3.will(ok(), ok(), ok());
    await store.create('bkt', 'reports/m/report.json', BODY, 'application/json');
    await store.create('bkt', 'metrics/m/x.parquet', BODY, 'application/json');
    await store.replace('bkt', 'monitors/m/monitor.json', BODY, 'application/json', null);
    const locks = s3.seen.map(({ headers }) => [headers['x-amz-object-lock-mode'], headers['x-amz-object-lock-retain-until-date']]);
    expect(locks[0]).toEqual(['COMPLIANCE', expect.stringMatching(/^2026-11-30T12:00:00/)]);
    expect(locks.slice(1)).toEqual([
      [undefined, undefined],
      [undefined, undefined],
    ]);
  });

  it('is content with an equal object, as when its own answer was lost', async () => {
    s3.will(status(503, 'SlowDown'), status(412, 'PreconditionFailed'), ours);
    await create();
    expect(methods()).toBe('PUT PUT HEAD');
  });

  it.each([
    ['another', ok({ 'x-amz-meta-sha256': 'other' })],
    ['an unknown', ok()],
  ])('refuses %s content', async (_, found) => {
    s3.will(status(412, 'PreconditionFailed'), found);
    await expect(create()).rejects.toThrow(ConflictError);
  });

  it('repeats a conflicting request, and what vanished between write and look', async () => {
    s3.will(status(409, 'ConditionalRequestConflict'), status(412, 'PreconditionFailed'), status(404), ok());
    await create();
    expect(methods()).toBe('PUT PUT HEAD PUT');
  });

  it('gives up after a bounded number of conflicts', async () => {
    s3.will(...Array.from({ length: 20 }, () => status(409, 'ConditionalRequestConflict')));
    await expect(create()).rejects.toMatchObject({ name: 'ConditionalRequestConflict' });
    expect(s3.seen).toHaveLength(6);
  });
});

describe('replace', () => {
  const replace = (etag: string | null) => store.replace('bkt', 'k', BODY, 'application/json', etag);

  it('writes over the one it knows, or where there is none', async () => {
    s3.will(ok(), ok());
    expect(await replace('e1')).toBe(true);
    expect(await replace(null)).toBe(true);
    expect(s3.seen.map(({ headers }) => [headers['if-match'], headers['if-none-match']])).toEqual([
      ['"e1"', undefined],
      [undefined, '*'],
    ]);
  });

  it.each([
    ['another is there', [status(412, 'PreconditionFailed'), ok({ 'x-amz-meta-sha256': 'other' })], false],
    ['none is left', [status(404, 'NoSuchKey'), status(404)], false],
    ['its own is there', [status(500, 'InternalError'), status(412, 'PreconditionFailed'), ok({ 'x-amz-meta-sha256': hash('hex') })], true],
    ['a conflict passed', [status(409, 'ConditionalRequestConflict'), ok()], true],
  ])('where %s', async (_, answers, expected) => {
    s3.will(...answers);
    expect(await replace('e1')).toBe(expected);
  });

  it('fails where the bucket is missing', async () => {
    s3.will(status(404, 'NoSuchBucket'));
    await expect(replace('e1')).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });
});

describe('list', () => {
  const page = (keys: string[], next?: string) =>
    ok(
      { 'content-type': 'application/xml' },
      `<?xml version="1.0"?><ListBucketResult><IsTruncated>${next !== undefined}</IsTruncated>${next ? `<NextContinuationToken>${next}</NextContinuationToken>` : ''}${keys
        .map(
          (key) =>
            `<Contents><Key>${key}</Key><ETag>&quot;e&quot;</ETag><Size>3</Size><LastModified>2026-11-23T10:00:00.000Z</LastModified></Contents>`,
        )
        .join('')}</ListBucketResult>`,
    );

  it('follows all pages, in key order', async () => {
    s3.will(page(['p/a', 'p/a b'], 'token=='), status(503, 'SlowDown'), page(['p/é']));
    const found = await store.list('bkt', 'p/');
    expect(found.map(({ key }) => key)).toEqual(['p/a', 'p/a b', 'p/é']);
    expect(found[0]).toEqual({ key: 'p/a', etag: 'e', bytes: 3, lastModified: new Date('2026-11-23T10:00:00Z') });
    expect(s3.seen.map(({ query }) => [query.get('prefix'), query.get('continuation-token')])).toEqual([
      ['p/', null],
      ['p/', 'token=='],
      ['p/', 'token=='],
    ]);
  });

  it('finds nothing', async () => {
    s3.will(page([]));
    expect(await store.list('bkt', 'p/')).toEqual([]);
  });

  it('names the folders under a prefix, of all pages', async () => {
    const folders = (names: string[], next?: string) =>
      ok(
        { 'content-type': 'application/xml' },
        `<?xml version="1.0"?><ListBucketResult><IsTruncated>${next !== undefined}</IsTruncated>${next ? `<NextContinuationToken>${next}</NextContinuationToken>` : ''}${names
          .map((name) => `<CommonPrefixes><Prefix>p/${name}/</Prefix></CommonPrefixes>`)
          .join('')}</ListBucketResult>`,
      );
    s3.will(folders(['2025', 'a b'], 'token=='), folders(['é']));
    expect(await store.folders('bkt', 'p/')).toEqual(['2025', 'a b', 'é']);
    expect(s3.seen.map(({ query }) => [query.get('prefix'), query.get('delimiter'), query.get('continuation-token')])).toEqual([
      ['p/', '/', null],
      ['p/', '/', 'token=='],
    ]);
  });
});
