import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type CloudOptions, startCloud } from '../../local/cloud.ts';
import { toEvent } from '../../local/events.ts';
import { BUCKET, clientOf, temporaryFolder } from './client.ts';

/** Answers with the events it got as log lines; fails those whose key says so. */
const BUNDLE = `
exports.handler = async ({ Records, ping }) => {
  if (ping) return { pong: process.env.AWS_ENDPOINT_URL_S3 };
  const batchItemFailures = [];
  for (const { messageId, body } of Records) {
    console.log(body);
    if (JSON.parse(body).detail.object.key.includes('poison')) batchItemFailures.push({ itemIdentifier: messageId });
  }
  return { batchItemFailures };
};`;

async function start(more: Partial<CloudOptions> = {}) {
  const folder = temporaryFolder();
  const directory = join(folder, 'store');
  mkdirSync(join(folder, 'ingest'));
  writeFileSync(join(folder, 'ingest/index.cjs'), BUNDLE);
  const handler = {
    bundle: join(folder, 'ingest/index.cjs'),
    handler: 'handler',
    layers: [],
    timeoutSeconds: 5,
    memoryMB: 128,
    name: 'ingest',
  };
  const lines: string[] = [];
  const options = { directory, buckets: [BUCKET], function: handler, log: (line: string) => lines.push(line) };
  const cloud = await startCloud({ ...options, queue: { backoffMilliseconds: () => 1 }, ...more });
  onTestFinished(() => cloud.close());
  const events = () => lines.map((line) => JSON.parse(line));
  return { cloud, directory, events, keys: () => events().map((event) => event.detail.object.key), ...clientOf(cloud.s3Url) };
}

test('the event of a created object is shaped as EventBridge has it', () => {
  const created = {
    bucket: 'b',
    key: 'k ü',
    size: 3,
    etag: 'e',
    sequencer: '01',
    reason: 'PutObject',
    time: new Date('2026-01-02T03:04:05.678Z'),
  } as const;
  const event = toEvent(created);
  expect(event).toEqual({
    version: '0',
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    'detail-type': 'Object Created',
    source: 'aws.s3',
    account: '000000000000',
    time: '2026-01-02T03:04:05Z',
    region: 'us-east-1',
    resources: ['arn:aws:s3:::b'],
    detail: {
      version: '0',
      bucket: { name: 'b' },
      object: { key: 'k ü', size: 3, etag: 'e', sequencer: '01' },
      'request-id': expect.stringMatching(/^[0-9A-F]{16}$/),
      requester: '000000000000',
      'source-ip-address': '127.0.0.1',
      reason: 'PutObject',
    },
  });
});

test('what arrives, by request or by hand, reaches the function; what Assay writes does not', async () => {
  const { cloud, directory, put, keys } = await start();
  await put('captures/x.jsonl', '1');
  await put('monitors/m/monitor.json', '{}');
  for (const own of [
    'records/x',
    'profiles/x',
    'reports/x',
    'metrics/x',
    'rejected/x',
    'alerts/x',
    'backfills/x',
    'model-monitor/x',
    'uploads/x',
  ])
    await put(own, '1');
  writeFileSync(join(directory, BUCKET, 'by-hand.csv'), '1');
  await cloud.idle();
  expect(keys().sort()).toEqual(['by-hand.csv', 'captures/x.jsonl', 'monitors/m/monitor.json']);
  expect(cloud.deadLetters()).toEqual([]);
  expect(await cloud.invoke({ ping: true })).toEqual({ pong: cloud.s3Url });
  expect(cloud.initMilliseconds).toHaveLength(1);
});

test('every event delivered twice and out of order', async () => {
  const { cloud, put, keys } = await start({ deliver: { copies: 2, shuffleMilliseconds: 100, seed: 3 } });
  const sent = Array.from({ length: 12 }, (_, i) => `in/${String(i).padStart(2, '0')}`);
  for (const key of sent) await put(key, key);
  await cloud.idle();
  expect(keys().sort()).toEqual([...sent, ...sent].sort());
  expect(keys()).not.toEqual([...sent, ...sent].sort());
});

test('an event that fails again and again is a dead letter, the others pass', async () => {
  const { cloud, directory, put, keys } = await start();
  for (const key of ['a', 'poison', 'b']) await put(key, '1');
  await cloud.idle();
  expect(keys().filter((key) => key === 'poison')).toHaveLength(5);
  expect(keys().filter((key) => key !== 'poison')).toEqual(['a', 'b']);
  expect(cloud.deadLetters()).toMatchObject([{ receives: 5 }]);
  expect(JSON.parse(cloud.deadLetters()[0]!.body).detail.object.key).toBe('poison');
  expect(readdirSync(join(directory, '.assay-dead-letters'))).toHaveLength(1);
});
