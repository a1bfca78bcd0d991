import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createS3Store } from '../../layers/quality/store/s3.ts';
import type { Store } from '../../layers/quality/store/store.ts';
import { type AssayCloud, DATA_BUCKET, startAssayCloud } from '../../local/assay-cloud.ts';
import { clientOf, csvOf, DAY, HOUR, MONITOR, reference, rowsOf, SEEN, scratchFolder } from '../audit/lab.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const iso = (time: number): string => new Date(time).toISOString();
const OBJECTS = 30;
const PREFIX = `s3://${DATA_BUCKET}/data/`;
const { labels: _, ...withoutLabels } = MONITOR;

let cloud: AssayCloud;
let client: S3Client;
let store: Store;
beforeAll(async () => {
  cloud = await startAssayCloud({ directory: scratchFolder(), root });
  client = clientOf(cloud);
  store = createS3Store(client);
  // The data are there before there is a monitor: nobody processed them.
  for (let i = 0; i < OBJECTS; i++) await put(`data/part ${i}+.csv`, csvOf(rowsOf(DAY / HOUR + (i % 24), 20 + i), SEEN));
  await cloud.idle();
  await put('monitors/m/monitor.json', JSON.stringify({ ...withoutLabels, input: { location: PREFIX } }));
  await put('monitors/m/baseline/input/reference.csv', reference());
  await cloud.idle();
}, 120_000);
afterAll(async () => {
  client?.destroy();
  await cloud?.close();
});

const put = (key: string, body: string): Promise<void> => store.create(DATA_BUCKET, key, Buffer.from(body), 'text/csv');
const profiles = async (): Promise<number> => (await store.list(DATA_BUCKET, 'profiles/')).length;
const ask = async (path: string, body?: unknown, headers: Record<string, string> = {}) => {
  const response = await fetch(`${cloud.apiUrl}${path}`, {
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    headers: { 'content-type': 'application/json', ...headers },
  });
  // biome-ignore lint/suspicious/noExplicitAny: answers of many shapes.
  return { status: response.status, location: response.headers.get('location'), json: (await response.json()) as any };
};
async function done(location: string) {
  for (;;) {
    const { status, json } = await ask(location);
    if (status !== 200 || json.status !== 'running') return json;
    await setTimeout(100);
  }
}

function assay(...args: string[]): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const env = {
    ...{ PATH: process.env.PATH, AWS_ENDPOINT_URL_S3: cloud.s3Url, AWS_ENDPOINT_URL_SFN: cloud.statesUrl, AWS_REGION: 'us-east-1' },
    ...{ AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  };
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [`${root}bin/assay.js`, ...args], { env });
    const run = { status: null as number | null, stdout: '', stderr: '' };
    child.stdout.on('data', (data: Buffer) => (run.stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => (run.stderr += data.toString()));
    child.on('close', (status) => resolve({ ...run, status }));
  });
}
const window = { from: iso(DAY), to: iso(DAY + 24 * HOUR) };
const rows = Array.from({ length: OBJECTS }, (_, i) => 20 + i).reduce((sum, each) => sum + each, 0);

describe('a backfill in the embedded cloud', () => {
  it('through the API processes objects that nobody heard of, and audits the window then', async () => {
    expect(await profiles()).toBe(0);
    const { status, location, json } = await ask('/v1/monitors/m/audits', { ...window, backfill: PREFIX });
    expect([status, json.status, location]).toEqual([202, 'running', json.href]);
    const state = await done(location!);
    expect(state).toMatchObject({ monitor: 'm', id: json.id, status: 'succeeded', backfill: PREFIX, objects: { failed: 0 }, ...window });
    expect(await profiles()).toBe(OBJECTS);
    const report = await ask(state.report.href);
    expect(report.json.subject).toMatchObject({ rows, ...window });
    expect(cloud.deadLetters()).toEqual([]);
    // Who asked looks at it: nobody else is told.
    expect(existsSync(join(cloud.outbox, 'events'))).toBe(false);
  });

  it('again changes nothing, and with the same Idempotency-Key is the same one', async () => {
    const before = (await store.list(DATA_BUCKET, ''))
      .filter(({ key }) => !key.startsWith('backfills/'))
      .map(({ key, etag }) => [key, etag]);
    const headers = { 'idempotency-key': 'once' };
    const [first, second] = [
      await ask('/v1/monitors/m/audits', { ...window, backfill: PREFIX }, headers),
      await ask('/v1/monitors/m/audits', { ...window, backfill: PREFIX }, headers),
    ];
    expect([second.status, second.location]).toEqual([202, first.location]);
    expect((await done(first.location!)).status).toBe('succeeded');
    expect((await ask('/v1/monitors/m/audits', { ...window, backfill: PREFIX }, headers)).location).toBe(first.location);
    const after = (await store.list(DATA_BUCKET, ''))
      .filter(({ key }) => !key.startsWith('backfills/'))
      .map(({ key, etag }) => [key, etag]);
    expect(after).toEqual(before);
  });

  it('is not needed for what can be waited for, and is for a window of months', async () => {
    expect((await ask('/v1/monitors/m/audits', window)).status).toBe(201);
    const months = await ask('/v1/monitors/m/audits', { from: iso(DAY - 60 * 24 * HOUR), to: window.to });
    expect(months.status).toBe(202);
    expect(await done(months.location!)).toMatchObject({ status: 'succeeded', backfill: null, objects: null, report: { monitor: 'm' } });
    expect((await ask('/v1/monitors/m/audits', { from: iso(DAY - 400 * 24 * HOUR), to: window.to })).status).toBe(400);
  });

  it('of what is not the monitor’s is refused, and one that there is not is said', async () => {
    const elsewhere = await ask('/v1/monitors/m/audits', { ...window, backfill: 's3://elsewhere/data/' });
    expect([elsewhere.status, elsewhere.json.detail]).toEqual([
      400,
      `backfill: expected a prefix under ${PREFIX}, got "s3://elsewhere/data/"`,
    ]);
    expect((await ask('/v1/monitors/m/audits/0123456789abcdef')).status).toBe(404);
  });
});

describe('assay audit --backfill', () => {
  const args = ['audit', '--monitor', 'm', '--from', window.from, '--to', window.to, '--fail-on', 'never'];

  it('has it done by the state machine, waits, and prints the report', async () => {
    const { status, stdout, stderr } = await assay(...args, '--backfill', PREFIX, '--state-machine', cloud.machineArn);
    expect([status, stderr.replaceAll(/[0-9a-f]{8}[0-9a-f-]{8,}/g, '…')]).toEqual([
      0,
      'assay: backfill m-… started\nassay: backfill done, objects in batches that failed: 0, s3://assay/backfills/m/…/…/manifest.json\n',
    ]);
    expect(stdout).toContain(`${rows.toLocaleString('en')} rows`);
  });

  it.each([
    [[], /^assay: --backfill: needs --state-machine ARN or ASSAY_STATE_MACHINE/],
    [['--state-machine', 'arn:aws:sqs:x'], /^assay: "arn:aws:sqs:x" is no ARN of a state machine/],
    [['--state-machine', 'arn:aws:states:us-east-1:000000000000:stateMachine:other'], /^assay: .*State Machine Does Not Exist/],
  ])('%j ends with 2 and one message', async (flags, message) => {
    const { status, stdout, stderr } = await assay(...args, '--backfill', PREFIX, ...flags);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });
});
