import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@aws-lambda-powertools/logger';
import type { Context, SQSEvent, SQSRecord } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHandler, type ProcessObject } from '../../functions/ingest/batch.ts';
import type { Store } from '../../layers/quality/store/store.ts';

const sample = (name: string) => readFileSync(new URL(`./events/${name}.json`, import.meta.url), 'utf8');
const context = { awsRequestId: 'request-1', functionName: 'ingest', getRemainingTimeInMillis: () => 60_000 } as Context;
const record = (messageId: string, body: string) =>
  ({ messageId, body, attributes: { ApproximateReceiveCount: '2' }, eventSource: 'aws:sqs' }) as SQSRecord;

let scratch: string;
let logs: Record<string, unknown>[];
beforeEach(() => {
  scratch = join(mkdtempSync(join(tmpdir(), 'assay-test-')), 'scratch');
  logs = [];
});
afterEach(() => rmSync(join(scratch, '..'), { recursive: true, force: true }));

const handle = async (processObject: ProcessObject, records: SQSRecord[]) => {
  const logger = new Logger({ serviceName: 'test' });
  const keep = (line: string) => logs.push(JSON.parse(line));
  Object.assign(logger, { console: { info: keep, error: keep, warn: keep, debug: keep } });
  const dependencies = {
    store: {} as Store,
    resources: { scratch, memoryMB: 100, workers: 1 },
    scratchBytes: 1e6,
    version: 'test',
    dataBucket: 'data-bucket',
    log: () => {},
  };
  return createHandler(processObject, dependencies, logger)({ Records: records } as SQSEvent, context);
};
const reported: ProcessObject = async () => ({ status: 'reported', reports: ['reports/x/'] });

describe('ingest handler', () => {
  it('gives each object to the one use case', async () => {
    const processObject = vi.fn(reported);

    const answer = await handle(processObject, [
      record('1', sample('eventbridge-object-created')),
      record('2', sample('s3-two-records')),
      record('3', sample('s3-test-event')),
    ]);

    expect(answer).toEqual({ batchItemFailures: [] });
    expect(processObject.mock.calls.map(([dependencies, { key }]) => [dependencies.dataBucket, key])).toEqual([
      ['data-bucket', 'credit-risk-prod/AllTraffic/2026/11/23/10/15-02-482-8c2f.jsonl'],
      ['data-bucket', 'a+b c%20.csv'],
      ['data-bucket', 'größe/日本 ß.csv'],
    ]);
  });

  it('fails only the record that failed, and still tries its other objects', async () => {
    const tried: string[] = [];
    const processObject: ProcessObject = async (_, { key }) => {
      tried.push(key);
      if (key.startsWith('a+b')) throw new Error('disk on fire');
      return { status: 'ignored', reason: 'none' };
    };

    const answer = await handle(processObject, [
      record('1', sample('s3-two-records')),
      record('2', 'garbage'),
      record('3', sample('eventbridge-object-created')),
    ]);

    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }, { itemIdentifier: '2' }] });
    expect(tried).toHaveLength(3);
    expect(logs.find(({ message }) => message === 'object failed')).toMatchObject({ messageId: '1', key: 'a+b c%20.csv', receiveCount: 2 });
  });

  it('returns a malformed record to the queue, on its way to the dead letters, with the reason in the log', async () => {
    const answer = await handle(reported, [record('9', sample('eventbridge-without-key'))]);

    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '9' }] });
    const line = logs.find(({ message }) => message === 'record malformed');
    expect(line).toMatchObject({ level: 'ERROR', messageId: '9', function_request_id: 'request-1' });
    expect(line!.reason).toContain('detail.object.key');
  });

  it('does not fail on a superseded or ignored object', async () => {
    const answer = await handle(async () => ({ status: 'superseded', reason: 'replaced' }), [record('1', sample('s3-object-created'))]);

    expect(answer).toEqual({ batchItemFailures: [] });
    expect(logs.at(-1)).toMatchObject({ message: 'object processed', outcome: { status: 'superseded' } });
  });

  it('empties the scratch folder before each object, and takes one at a time', async () => {
    const seen: string[][] = [];
    let running = 0;
    let most = 0;
    const processObject: ProcessObject = async ({ resources }) => {
      most = Math.max(most, ++running);
      seen.push(readdirSync(resources.scratch));
      writeFileSync(join(resources.scratch, 'left-over'), 'x');
      await new Promise((resolve) => setTimeout(resolve, 5));
      running--;
      return { status: 'reported', reports: [] };
    };

    await handle(processObject, [record('1', sample('s3-two-records')), record('2', sample('s3-object-created'))]);

    expect(existsSync(scratch)).toBe(true);
    expect(seen).toEqual([[], [], []]);
    expect(most).toBe(1);
  });
});
