import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportEventSchema } from '../../layers/quality/contract/alerts.ts';
import { createS3Store } from '../../layers/quality/store/s3.ts';
import type { Store } from '../../layers/quality/store/store.ts';
import { type AssayCloud, DATA_BUCKET, startAssayCloud } from '../../local/assay-cloud.ts';
import { csv, HOUR, MONITOR, START } from '../api/lab.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'assay-alerts-'));
const at = (hour: number): string => new Date(START + hour * HOUR).toISOString();
const monitor = { ...MONITOR, input: { location: `s3://${DATA_BUCKET}/data/` }, report: 'object', windows: ['1h'] };

let cloud: AssayCloud;
let client: S3Client;
let store: Store;
beforeAll(async () => {
  cloud = await startAssayCloud({ directory, root });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  client = new S3Client({ endpoint: cloud.s3Url, forcePathStyle: true, region: 'us-east-1', credentials });
  store = createS3Store(client);
  await put('monitors/plain/monitor.json', JSON.stringify(monitor));
  await put('monitors/plain/baseline/input/reference.csv', csv(0, 40, 100));
  await cloud.idle();
}, 120_000);
afterAll(async () => {
  client?.destroy();
  await cloud?.close();
  rmSync(directory, { recursive: true, force: true });
});

const put = (key: string, body: string): Promise<void> => store.create(DATA_BUCKET, key, Buffer.from(body), 'text/csv');
const arrive = async (hour: number, factor: number): Promise<void> => {
  await put(`data/${hour}.csv`, csv(hour, 1, 300, factor));
  await cloud.idle();
};
const kept = (kind: string): string[] =>
  readdirSync(join(cloud.outbox, kind))
    .sort()
    .map((name) => readFileSync(join(cloud.outbox, kind, name), 'utf8'));
const subjects = (): string[] => kept('messages').map((text) => /^Subject: (.*)$/m.exec(text)![1]!);

describe('the deployed functions in the embedded cloud', () => {
  it('tell people once of an object that fails, and that it is over', async () => {
    await arrive(130, 1);
    await arrive(131, 100);
    await arrive(132, 100);
    await arrive(133, 1);
    expect(subjects()).toEqual([
      expect.stringMatching(/^FAIL plain: amount is about 100 times larger/),
      expect.stringMatching(/^OK plain: no longer: amount is about 100 times larger/),
    ]);
    expect(kept('messages')[0]).toContain(`131.csv of ${at(131).slice(0, 16).replace('T', ' ')}`);
    const events = kept('events').map((text) => reportEventSchema.parse(JSON.parse(text).detail));
    expect(events.map(({ verdict, rows }) => [verdict, rows])).toEqual([
      ['pass', 300],
      ['fail', 300],
      ['fail', 300],
      ['pass', 300],
    ]);
    expect((await store.head(DATA_BUCKET, events[0]!.address.replace(`s3://${DATA_BUCKET}/`, ''))) !== null).toBe(true);
  });

  it('tell nothing again when an event is delivered again', async () => {
    const before = [kept('messages').length, kept('events').length];
    const { etag, bytes } = (await store.head(DATA_BUCKET, 'data/131.csv'))!;
    const detail = { bucket: { name: DATA_BUCKET }, object: { key: 'data/131.csv', size: bytes, etag } };
    const body = JSON.stringify({ source: 'aws.s3', 'detail-type': 'Object Created', time: at(200), detail });
    const record = { messageId: '1', body, attributes: { ApproximateReceiveCount: '2' }, eventSource: 'aws:sqs' };
    expect(await cloud.invoke({ Records: [record] })).toEqual({ batchItemFailures: [] });
    expect([kept('messages').length, kept('events').length]).toEqual(before);
  });

  it('tell of windows apart, once however often they are audited', async () => {
    const window = { monitor: 'plain', from: at(131), to: at(132) };
    await cloud.audit(window);
    await cloud.audit(window);
    expect(kept('messages')).toHaveLength(3);
    expect(kept('messages')[2]).toMatch(/\nplain: FAIL\nWindow of .*, 300 rows\n\nNew:\n- amount is about 100 times larger/);
    expect(kept('events')).toHaveLength(5);
    const alerts = (await store.list(DATA_BUCKET, 'alerts/')).map(({ key }) => key);
    expect(alerts).toEqual([
      'alerts/plain/1h/000001.json',
      'alerts/plain/1h/current.json',
      'alerts/plain/object/000001.json',
      'alerts/plain/object/000002.json',
      'alerts/plain/object/current.json',
    ]);
  });

  it('measure every report once, for its monitor and for all', () => {
    const lines = readFileSync(join(cloud.outbox, 'metrics.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ monitor: name, Verdict, Rows }) => [name, Verdict, Rows])).toEqual(
      [
        [1, 300],
        [3, 300],
        [3, 300],
        [1, 300],
        [3, undefined],
      ].flatMap(([verdict, rows]) => [
        ['plain', verdict, rows],
        [undefined, verdict, rows],
      ]),
    );
    for (const { Lag, DataAge } of lines.slice(0, 8)) expect([Lag >= 0 && Lag < 120, DataAge > 0]).toEqual([true, true]);
    const [{ Namespace, Dimensions }] = lines[0]._aws.CloudWatchMetrics;
    expect([Namespace, Dimensions]).toEqual(['Assay', [['service', 'monitor']]]);
  });

  it('are muted over the API', async () => {
    const { findings } = (await (await fetch(`${cloud.apiUrl}/v1/monitors/plain/findings`)).json()) as { findings: { finding: string }[] };
    const answer = await fetch(`${cloud.apiUrl}/v1/monitors/plain/findings/${findings[0]!.finding}/mute`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ reason: 'cents for a while', by: 'Ada', until: at(1000) }),
    });
    expect(answer.status).toBe(201);
    await arrive(134, 100);
    expect([kept('messages').length, kept('events').length]).toEqual([3, 6]);
    expect(JSON.parse(kept('events')[5]!).detail.findings[0]).toMatchObject({ muted: true, severity: 'fail' });
  });
});
