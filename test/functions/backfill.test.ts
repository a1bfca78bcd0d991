import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { BackfillAnswer } from '../../functions/ingest/backfill.ts';
import { createHandler, type ProcessObject } from '../../functions/ingest/batch.ts';
import type { Notifier } from '../../layers/quality/alerts/notifier.ts';
import type { Store } from '../../layers/quality/store/store.ts';

const scratch = mkdtempSync(join(tmpdir(), 'assay-test-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const reported: ProcessObject = async () => ({ status: 'reported', reports: ['reports/x/'] });
const item = (Key: string, Size = 10) => ({ Etag: '"401b30e3"', Key, LastModified: 1789180622.5, Size, StorageClass: 'STANDARD' });
const batch = (...keys: string[]) => ({ BatchInput: { bucket: 'capture-bucket' }, Items: keys.map((key) => item(key)) });

let logs: Record<string, unknown>[];
beforeEach(() => {
  logs = [];
});
const handle = async (
  processObject: ProcessObject,
  event: unknown,
  remaining: () => number = () => 300_000,
  notifier?: Notifier,
): Promise<BackfillAnswer> => {
  const logger = new Logger({ serviceName: 'test' });
  const keep = (line: string) => logs.push(JSON.parse(line));
  Object.assign(logger, { console: { info: keep, error: keep, warn: keep, debug: keep } });
  const dependencies = {
    ...{ store: {} as Store, scratchBytes: 1e6, version: 'test', dataBucket: 'data-bucket', log: () => {}, ...(notifier && { notifier }) },
    resources: { scratch: join(scratch, 'work'), memoryMB: 100, workers: 1 },
  };
  const context = { awsRequestId: 'request-1', functionName: 'ingest', getRemainingTimeInMillis: remaining } as Context;
  return (await createHandler(processObject, dependencies, logger)(event, context)) as BackfillAnswer;
};

describe('a batch of a backfill', () => {
  it('gives each object to the one use case, as Step Functions lists it', async () => {
    const seen: unknown[] = [];
    const answer = await handle(
      async (deps, object) => {
        seen.push(object);
        return reported(deps, object);
      },
      batch('a+b c%20.csv', 'größe/日本 ß.csv'),
    );
    const common = { bucket: 'capture-bucket', etag: '401b30e3', size: 10, time: '2026-09-12T02:37:02.500Z' };
    expect(seen).toEqual([
      { ...common, key: 'a+b c%20.csv' },
      { ...common, key: 'größe/日本 ß.csv' },
    ]);
    expect(answer).toEqual({ BatchInput: { bucket: 'capture-bucket' }, Items: [], left: 0 });
  });

  it('leaves out folders and what Assay itself wrote', async () => {
    const event = { BatchInput: { bucket: 'data-bucket' }, Items: [item('data/', 0), item('reports/m/x.json'), item('data/a.csv')] };
    const keys: string[] = [];
    const answer = await handle(async (deps, object) => {
      keys.push(object.key);
      return reported(deps, object);
    }, event);
    expect([keys, answer.left]).toEqual([['data/a.csv'], 0]);
  });

  it('leaves what there is no time for to the next call', async () => {
    let remaining = 100;
    const slow: ProcessObject = async (deps, object) => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      remaining -= 30;
      return reported(deps, object);
    };
    const answer = await handle(slow, batch('a', 'b', 'c', 'd'), () => remaining);
    expect(answer.left).toBeGreaterThan(0);
    expect(answer.Items.at(-1)!.Key).toBe('d');
    const rest = await handle(reported, answer);
    expect(rest.left).toBe(0);
  });

  it('tries all, leaves what failed to the next call, and fails when nothing else is left', async () => {
    const broken: ProcessObject = async (deps, object) => {
      if (object.key.startsWith('bad')) throw new Error('disk on fire');
      return reported(deps, object);
    };
    const first = await handle(broken, batch('bad-1', 'good', 'bad-2'));
    expect(first.Items.map(({ Key }) => Key)).toEqual(['bad-1', 'bad-2']);
    expect(logs.filter(({ message }) => message === 'object failed')).toHaveLength(2);
    await expect(handle(broken, first)).rejects.toThrow('2 object(s) failed: bad-1: disk on fire; bad-2: disk on fire');
    await expect(handle(broken, first)).rejects.toMatchObject({ name: 'ObjectsFailedError' });
  });

  it('that cannot be understood fails in words', async () => {
    const event = { BatchInput: {}, Items: [{ Key: 'a' }] };
    await expect(handle(reported, event)).rejects.toThrow(/backfill batch is malformed: .*BatchInput\.bucket.*Items\.0\.Etag/);
  });

  it('tells nobody: who asked for it looks at it', async () => {
    const seen: unknown[] = [];
    const notifier = { message: async () => {}, event: async () => {}, measure: () => {} };
    await handle(
      async (deps, object) => {
        seen.push(deps.notifier);
        return reported(deps, object);
      },
      batch('a'),
      undefined,
      notifier,
    );
    expect(seen).toEqual([undefined]);
  });

  it('of nothing is done', async () => {
    expect(await handle(reported, batch())).toMatchObject({ left: 0 });
  });
});
