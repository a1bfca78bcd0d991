import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Outbox, type OutboxServer, startOutbox } from '../../local/outbox/index.ts';

const TOPIC = 'arn:aws:sns:us-east-1:000000000000:alerts';
let directory: string;
let server: OutboxServer;
let sns: SNSClient;
let bridge: EventBridgeClient;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'assay-outbox-'));
  server = await startOutbox(new Outbox(directory));
  const client = {
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  };
  sns = new SNSClient(client);
  bridge = new EventBridgeClient(client);
});
afterEach(async () => {
  sns.destroy();
  bridge.destroy();
  await server.close();
  rmSync(directory, { recursive: true, force: true });
});
const kept = (kind: string): string[] =>
  existsSync(join(directory, kind))
    ? readdirSync(join(directory, kind))
        .sort()
        .map((name) => readFileSync(join(directory, kind, name), 'utf8'))
    : [];

describe('SNS in the embedded cloud', () => {
  it('keeps messages as a mail shows them, in the order they came, also after a start anew', async () => {
    const { MessageId } = await sns.send(new PublishCommand({ TopicArn: TOPIC, Subject: 'FAIL m', Message: 'größer & <10 %\nzwei\n' }));
    expect(MessageId).toMatch(/^[0-9a-f-]{36}$/);
    await sns.send(new PublishCommand({ TopicArn: TOPIC, Message: 'second' }));
    new Outbox(directory).keep('messages', 'txt', 'third');
    expect(kept('messages')).toEqual([
      `To: ${TOPIC}\nSubject: FAIL m\n\ngrößer & <10 %\nzwei\n`,
      `To: ${TOPIC}\nSubject: \n\nsecond`,
      'third',
    ]);
  });

  it.each([
    ['Subject', { TopicArn: TOPIC, Message: 'x', Subject: 'x'.repeat(100) }],
    ['Subject', { TopicArn: TOPIC, Message: 'x', Subject: 'größer' }],
    ['Subject', { TopicArn: TOPIC, Message: 'x', Subject: 'two\nlines' }],
    ['Message', { TopicArn: TOPIC, Message: 'x'.repeat(262_145) }],
    ['TopicArn', { TopicArn: 'alerts', Message: 'x' }],
  ])('refuses a %s that SNS would refuse', async (name, input) => {
    await expect(sns.send(new PublishCommand(input))).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: `Invalid parameter: ${name}`,
    });
    expect(kept('messages')).toEqual([]);
  });
});

describe('EventBridge in the embedded cloud', () => {
  const entry = { Source: 'assay', DetailType: 'Assay report', Detail: '{"verdict":"fail"}', EventBusName: 'default' };

  it('keeps events as rules would hand them on', async () => {
    const { FailedEntryCount, Entries } = await bridge.send(new PutEventsCommand({ Entries: [entry, entry] }));
    expect([FailedEntryCount, Entries!.length]).toEqual([0, 2]);
    const [first] = kept('events').map((text) => JSON.parse(text));
    expect(first).toMatchObject({
      version: '0',
      source: 'assay',
      'detail-type': 'Assay report',
      detail: { verdict: 'fail' },
      region: 'us-east-1',
    });
    expect(first.id).toBe(Entries![0]!.EventId);
  });

  it('refuses one by one what EventBridge would refuse', async () => {
    const { FailedEntryCount, Entries } = await bridge.send(new PutEventsCommand({ Entries: [{ ...entry, Detail: '{' }, entry] }));
    expect([FailedEntryCount, Entries!.map(({ ErrorCode }) => ErrorCode)]).toEqual([1, ['MalformedDetail', undefined]]);
    await expect(bridge.send(new PutEventsCommand({ Entries: [] }))).rejects.toThrow();
    expect(kept('events')).toHaveLength(1);
  });
});

it('metrics are kept as lines, and other lines of a log are not', () => {
  const outbox = new Outbox(directory);
  outbox.keepMetrics('{"_aws":{"Timestamp":1},"Rows":5}');
  outbox.keepMetrics('{"level":"INFO","message":"about _aws"}');
  expect(readFileSync(join(directory, 'metrics.jsonl'), 'utf8')).toBe('{"_aws":{"Timestamp":1},"Rows":5}\n');
});

it('a page in a browser cannot write to it', async () => {
  const post = (headers: Record<string, string>): Promise<number> =>
    new Promise((resolve, reject) => {
      const sent = request(server.url, { method: 'POST', headers }, (response) => resolve(response.resume().statusCode!));
      sent.on('error', reject).end(new URLSearchParams({ Action: 'Publish', TopicArn: TOPIC, Message: 'x' }).toString());
    });
  expect(await post({ origin: 'http://example.com' })).toBe(400);
  expect(await post({ host: 'example.com' })).toBe(400);
  expect(kept('messages')).toEqual([]);
  expect(await post({})).toBe(200);
});
