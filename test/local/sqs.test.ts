import { expect, onTestFinished, test } from 'vitest';
import { createAuditQueue } from '../../layers/quality/queue/sqs.ts';
import { startSqs } from '../../local/sqs.ts';

process.env.AWS_REGION = 'us-east-1';
process.env.AWS_ACCESS_KEY_ID = 'local';
process.env.AWS_SECRET_ACCESS_KEY = 'local';

/** A queue, and the bodies that were sent to it. */
async function start() {
  const bodies: string[] = [];
  const server = await startSqs('audits', (body) => `id-${bodies.push(body)}`);
  process.env.AWS_ENDPOINT_URL_SQS = server.url;
  onTestFinished(() => server.close());
  return { queueUrl: server.queueUrl, bodies };
}

test('audits are sent as messages people can read, however many they are', async () => {
  const { queueUrl, bodies } = await start();
  const time = Date.UTC(2026, 6, 1, 13, 15);
  const names = Array.from({ length: 25 }, (_, i) => `monitor-${i}`);
  await createAuditQueue(queueUrl).send(names.map((monitor) => ({ time, monitor })));
  expect(bodies.map((body) => JSON.parse(body).monitor)).toEqual(names);
  await createAuditQueue(queueUrl).send([{ time }, { monitor: 'm', from: time - (time % 3_600_000), to: time }]);
  expect(bodies.slice(25)).toEqual([
    '{"time":"2026-07-01T13:15:00.000Z"}',
    '{"monitor":"m","from":"2026-07-01T13:00:00.000Z","to":"2026-07-01T13:15:00.000Z"}',
  ]);
});

test('nothing to send is no call, and no queue is said', async () => {
  await createAuditQueue('http://127.0.0.1:1/000000000000/audits').send([]);
  await expect(createAuditQueue(undefined).send([{ time: 0 }])).rejects.toThrow('AUDIT_QUEUE_URL');
});

test('a message that failed can be had back sooner', async () => {
  const { queueUrl, bodies } = await start();
  await createAuditQueue(queueUrl).retryIn('receipt', 600);
  expect(bodies).toEqual([]);
});

test('a queue that is not there is refused as SQS refuses it', async () => {
  const { queueUrl, bodies } = await start();
  await expect(createAuditQueue(queueUrl.replace('audits', 'others')).send([{ time: 0 }])).rejects.toThrow('queue does not exist');
  expect(bodies).toEqual([]);
});

test.each([
  ['AmazonSQS.DeleteMessage', {}, 'UnsupportedOperation'],
  ['AmazonSQS.SendMessageBatch', { Entries: [] }, 'EmptyBatchRequest'],
  ['AmazonSQS.SendMessageBatch', { Entries: Array(11).fill({ Id: '0', MessageBody: 'x' }) }, 'TooManyEntriesInBatchRequest'],
])('%s with %j is refused: %s', async (target, body, code) => {
  const { queueUrl } = await start();
  const headers = { 'x-amz-target': target };
  const answer = await fetch(new URL('/', queueUrl), { method: 'POST', headers, body: JSON.stringify({ QueueUrl: queueUrl, ...body }) });
  expect(answer.status).toBe(400);
  expect((await answer.json()) as object).toMatchObject({ __type: `com.amazonaws.sqs#${code}` });
});

test('a page of another site is refused', async () => {
  const { queueUrl } = await start();
  const headers = { 'x-amz-target': 'AmazonSQS.SendMessageBatch', origin: 'http://example.com' };
  expect((await fetch(queueUrl, { method: 'POST', headers, body: '{}' })).status).toBe(400);
});
