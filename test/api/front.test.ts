import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createS3Store } from '../../layers/quality/store/s3.ts';
import { type AssayCloud, DATA_BUCKET, startAssayCloud } from '../../local/assay-cloud.ts';
import { csv, MONITOR } from './lab.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'assay-front-'));
let cloud: AssayCloud;
let client: S3Client;
const logs: string[] = [];

beforeAll(async () => {
  cloud = await startAssayCloud({ directory, root, log: (line) => logs.push(line) });
  client = new S3Client({
    ...{ endpoint: cloud.s3Url, forcePathStyle: true, region: 'us-east-1' },
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const monitor = { ...MONITOR, input: { location: `s3://${DATA_BUCKET}/data/` } };
  const answer = await call('PUT', '/v1/monitors/plain', JSON.stringify(monitor), 'application/json');
  expect(answer.status).toBe(201);
  const store = createS3Store(client);
  await store.create(DATA_BUCKET, 'monitors/plain/baseline/input/reference.csv', Buffer.from(csv(0, 40, 100)), 'text/csv');
  await cloud.idle();
  for (const [hour, factor] of [
    [100, 1],
    [130, 100],
  ] as const)
    await store.create(DATA_BUCKET, `data/${hour}.csv`, Buffer.from(csv(hour, 1, 300, factor)), 'text/csv');
  await cloud.idle();
}, 120_000);

afterAll(async () => {
  client?.destroy();
  await cloud?.close();
  rmSync(directory, { recursive: true, force: true });
});

// biome-ignore lint/suspicious/noExplicitAny: answers have many shapes.
type Answer = Omit<Response, 'json'> & { json(): Promise<any> };
const call = (method: string, path: string, body?: string, type = 'text/csv'): Promise<Answer> =>
  fetch(`${cloud.apiUrl}${path}`, { method, ...(body !== undefined && { body, headers: { 'content-type': type } }) });

/** A request as it is written: `fetch` would mend its address. */
const raw = (path: string, headers: Record<string, string> = {}): Promise<number> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(cloud.apiUrl);
    request({ hostname, port, path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode!);
    })
      .on('error', reject)
      .end();
  });

describe('the API of the embedded cloud, with the deployed function behind it', () => {
  it('tells of monitors, reports and a series, and judges what is sent', async () => {
    const { monitors } = await (await call('GET', '/v1/monitors')).json();
    expect(monitors).toMatchObject([{ monitor: 'plain', baseline: expect.any(String), latest: { verdict: 'fail' } }]);
    const { reports } = await (await call('GET', '/v1/monitors/plain/reports')).json();
    expect(reports.map(({ verdict }: { verdict: string }) => verdict)).toEqual(['fail', 'pass']);
    const report = await (await call('GET', reports[0].href)).json();
    expect(report).toMatchObject({ schema: 'assay.report/1', id: reports[0].id, findings: [{ cause: 'unit_change' }] });
    const { points } = await (await call('GET', '/v1/monitors/plain/metrics?metric=mean&column=amount')).json();
    expect(points.map(({ verdict }: { verdict: string | null }) => verdict)).toHaveLength(2);
    const checked = await call('POST', '/v1/monitors/plain/checks', csv(140, 1, 300, 100));
    expect([checked.status, ((await checked.json()) as { verdict: string }).verdict]).toEqual([200, 'fail']);
  });

  it('has the pages that were stored', async () => {
    const { reports } = await (await call('GET', '/v1/monitors/plain/reports')).json();
    const page = await fetch(`${cloud.apiUrl}${reports[0].href}`, { headers: { accept: 'text/html,*/*;q=0.8' } });
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await page.text()).toContain('about 100 times larger');
    const again = await fetch(`${cloud.apiUrl}${reports[0].href}`, { headers: { 'if-none-match': page.headers.get('etag')! } });
    expect(again.status).toBe(200);
  });

  it('gives an address to upload to, and judges what was uploaded, which no window hears of', async () => {
    const body = csv(140, 1, 300, 100);
    const answer = await call('POST', '/v1/monitors/plain/uploads', JSON.stringify({ bytes: body.length }), 'application/json');
    const { method, url, headers, data } = await answer.json();
    expect([answer.status, (await fetch(url, { method, headers, body })).status]).toEqual([201, 200]);
    await cloud.idle();
    const checked = await call('POST', '/v1/monitors/plain/checks', JSON.stringify({ data }), 'application/json');
    expect(await checked.json()).toMatchObject({ verdict: 'fail', subject: { objects: [{ uri: data }], rows: 300 } });
    const { reports } = await (await call('GET', '/v1/monitors/plain/reports')).json();
    expect(reports).toHaveLength(2);
  });

  it('lets no address out of the prefixes of the monitor', async () => {
    for (const path of [
      '/v1/monitors/../../reports',
      '/v1/monitors/%2e%2e/reports',
      '/v1/monitors/plain/reports/..%2f..%2fmonitors',
      '/v1/monitors/plain%00',
      `/v1/monitors/${'a'.repeat(5000)}`,
      '/v1//monitors',
      '//v1/monitors',
    ])
      expect([path, await raw(path)]).toEqual([path, 404]);
  });

  it('is no use to a page of another origin, or under another name', async () => {
    expect(await raw('/v1/monitors', { origin: 'http://evil.example' })).toBe(403);
    expect(await raw('/v1/monitors', { host: 'evil.example' })).toBe(403);
  });

  it('takes 3 MB, and says so to more', async () => {
    const answers = await Promise.all([3_200_000, 6_000_000].map((bytes) => call('POST', '/v1/monitors/plain/checks', 'x'.repeat(bytes))));
    expect(answers.map(({ status }) => status)).toEqual([413, 413]);
  });
});
