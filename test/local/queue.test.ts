import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { QueueRecord } from '../../local/batch.ts';
import { Queue, type QueueOptions } from '../../local/queue.ts';
import { temporaryFolder } from './client.ts';

/** A queue that retries at once, and what it delivered. */
function startQueue(options: Partial<QueueOptions> = {}) {
  const batches: QueueRecord[][] = [];
  const consume: QueueOptions['consume'] = async (event) => {
    batches.push(event.Records);
    return options.consume?.(event);
  };
  const queue = new Queue({ backoffMilliseconds: () => 0, ...options, consume });
  onTestFinished(() => queue.close());
  return { queue, batches, bodies: () => batches.flat().map(({ body }) => body) };
}

test('messages arrive once each, in batches, as Lambda gets them', async () => {
  const { queue, batches, bodies } = startQueue({ batchSize: 10, name: 'ingest' });
  await queue.idle();
  for (let i = 0; i < 25; i++) queue.send(`m${i}`);
  await queue.idle();
  expect(batches.map((batch) => batch.length)).toEqual([10, 10, 5]);
  expect(bodies()).toEqual(Array.from({ length: 25 }, (_, i) => `m${i}`));
  expect(batches[0]![0]).toMatchObject({
    attributes: { ApproximateReceiveCount: '1' },
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:ingest',
  });
});

test('a failed batch is tried again, then becomes dead letters', async () => {
  const deadLetterFolder = join(temporaryFolder(), 'dead');
  const consume = () => Promise.reject(new TypeError('no'));
  const { queue, batches } = startQueue({ consume, maxReceives: 5, deadLetterFolder });
  const ids = [queue.send('a'), queue.send('b')];
  await queue.idle();
  expect(batches.flat().map((record) => record.attributes.ApproximateReceiveCount)).toEqual([
    '1',
    '1',
    '2',
    '2',
    '3',
    '3',
    '4',
    '4',
    '5',
    '5',
  ]);
  expect(queue.deadLetters()).toEqual(ids.map((messageId, i) => ({ messageId, body: 'ab'[i], receives: 5, error: 'TypeError: no' })));
  expect(readdirSync(deadLetterFolder).sort()).toEqual(ids.map((id) => `${id}.json`).sort());
  expect(JSON.parse(readFileSync(join(deadLetterFolder, `${ids[0]}.json`), 'utf8'))).toEqual(queue.deadLetters()[0]);
});

test('of a partial failure only the named ones come again', async () => {
  const failing = new Set(['b', 'd']);
  const consume: QueueOptions['consume'] = async ({ Records }) => ({
    batchItemFailures: Records.filter(({ body }) => failing.delete(body)).map(({ messageId }) => ({ itemIdentifier: messageId })),
  });
  const { queue, bodies } = startQueue({ consume });
  for (const body of 'abcd') queue.send(body);
  await queue.idle();
  expect(bodies().join('')).toBe('abcdbd');
  expect(queue.deadLetters()).toEqual([]);
});

test.each([{ batchItemFailures: [{ itemIdentifier: 'unknown' }] }, { batchItemFailures: [{}] }, { batchItemFailures: 'x' }])(
  'a malformed answer fails the whole batch: %j',
  async (answer) => {
    const { queue, bodies } = startQueue({ consume: async () => answer, maxReceives: 2 });
    for (const body of 'ab') queue.send(body);
    await queue.idle();
    expect(bodies().join('')).toBe('abab');
    expect(queue.deadLetters()).toHaveLength(2);
  },
);

test('retries wait longer and longer', async () => {
  const times: number[] = [];
  const consume = async () => {
    times.push(performance.now());
    throw new Error('no');
  };
  const { queue } = startQueue({ consume, maxReceives: 3, backoffMilliseconds: (receives) => 60 * receives });
  queue.send('a');
  await queue.idle();
  expect(times[1]! - times[0]!).toBeGreaterThan(55);
  expect(times[2]! - times[1]!).toBeGreaterThan(115);
});

test('what is not dealt with in time comes again, and at last is a dead letter', async () => {
  let calls = 0;
  const consume = async () => void (calls++ === 0 && (await setTimeout(600)));
  const late = startQueue({ consume, visibilityMilliseconds: 50, concurrency: 2 });
  late.queue.send('a');
  await late.queue.idle();
  expect(late.bodies()).toEqual(['a', 'a']);
  const stuck = startQueue({ consume: () => setTimeout(1000), visibilityMilliseconds: 30, concurrency: 10, maxReceives: 3 });
  stuck.queue.send('b');
  await stuck.queue.idle();
  expect(stuck.bodies()).toEqual(['b', 'b', 'b']);
  expect(stuck.queue.deadLetters()).toMatchObject([{ body: 'b', receives: 3, error: 'not dealt with in time' }]);
});

test('every message twice and out of order, the same way for the same seed', async () => {
  const run = async (seed: number) => {
    const { queue, batches, bodies } = startQueue({ batchSize: 4, deliver: { copies: 2, shuffleMilliseconds: 50, seed } });
    for (let i = 0; i < 20; i++) queue.send(`${i}`);
    await queue.idle();
    for (const batch of batches) expect(new Set(batch.map(({ messageId }) => messageId)).size).toBe(batch.length);
    return bodies();
  };
  const bodies = await run(7);
  expect(bodies).toHaveLength(40);
  expect(new Set(bodies).size).toBe(20);
  const firsts = [...new Set(bodies)];
  expect(firsts).not.toEqual([...firsts].sort((a, b) => Number(a) - Number(b)));
});
