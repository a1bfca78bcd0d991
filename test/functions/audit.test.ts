import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@aws-lambda-powertools/logger';
import type { Context, SQSRecord } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHandler } from '../../functions/audit/audit.ts';
import type { Audits } from '../../functions/audit/context.ts';
import { MalformedAuditError, parseCall, parseMessage } from '../../functions/audit/event.ts';
import type { Notifier } from '../../layers/quality/alerts/notifier.ts';
import type { AuditQueue } from '../../layers/quality/queue/audit-queue.ts';
import type { Store } from '../../layers/quality/store/store.ts';

const HOUR = 3_600_000;
const AT = Date.UTC(2026, 6, 1, 13);
const context = { awsRequestId: 'request-1', functionName: 'audit' } as Context;
const DUE = { time: '2026-07-01T13:00:00Z', monitor: 'm' };
const outcome = { monitor: 'm', from: 'a', to: 'b', verdict: 'pass', report: 'reports/m/report.json' };

let scratch: string;
let logs: Record<string, unknown>[];
/** Messages that are to come back, and after how many seconds. */
let retried: [string, number][];
beforeEach(() => {
  scratch = join(mkdtempSync(join(tmpdir(), 'assay-test-')), 'scratch');
  logs = [];
  retried = [];
});
afterEach(() => rmSync(join(scratch, '..'), { recursive: true, force: true }));

function handle(audits: Partial<Audits>, event: unknown, notifier?: Notifier, queued: Partial<AuditQueue> = {}) {
  const logger = new Logger({ serviceName: 'test' });
  const keep = (line: string) => logs.push(JSON.parse(line));
  Object.assign(logger, { console: { info: keep, error: keep, warn: keep, debug: keep } });
  const resources = { scratch, memoryMB: 100, workers: 1 };
  const rest = notifier === undefined ? {} : { notifier };
  const dependencies = {
    ...rest,
    store: {} as Store,
    resources,
    scratchBytes: 1e6,
    version: 'test',
    dataBucket: 'data-bucket',
    log: () => {},
  };
  const unused = async () => expect.fail('not asked for');
  const queue = { send: unused, retryIn: async (...asked: [string, number]) => void retried.push(asked), ...queued };
  const all = { auditOne: unused, auditDue: unused, handOutAudits: unused, ...audits };
  return createHandler({ audits: all, dependencies, queue, logger })(event, context);
}

describe('audit handler', () => {
  it('audits a window by its bounds', async () => {
    const asked: unknown[] = [];
    const auditOne: Audits['auditOne'] = async ({ dataBucket }, monitor, { from, to }) => {
      asked.push([dataBucket, monitor, from, to]);
      return outcome;
    };
    const event = { monitor: 'm', from: '2026-07-01T13:00:00Z', to: '2026-07-01T16:00:00+02:00' };
    expect(await handle({ auditOne }, event)).toEqual({ audited: [outcome] });
    expect(asked).toEqual([['data-bucket', 'm', AT, AT + HOUR]]);
    expect(logs.find(({ message }) => message === 'window audited')).toMatchObject({ outcome, function_request_id: 'request-1' });
  });

  it('tells nobody of a quiet window', async () => {
    const told: boolean[] = [];
    const auditOne: Audits['auditOne'] = async ({ notifier }) => {
      told.push(notifier !== undefined);
      return outcome;
    };
    const event = { monitor: 'm', from: '2026-07-01T13:00:00Z', to: '2026-07-01T14:00:00Z' };
    const notifier = { message: async () => {}, event: async () => {}, measure: () => {} };
    await handle({ auditOne }, event, notifier);
    await handle({ auditOne }, { ...event, quiet: true }, notifier);
    expect(told).toEqual([true, false]);
  });

  it('audits what is due of a monitor for whoever waits for it', async () => {
    const asked: unknown[] = [];
    const auditDue: Audits['auditDue'] = async (_, request) => {
      asked.push(request);
      return [outcome, outcome];
    };
    expect(await handle({ auditDue }, DUE)).toEqual({ audited: [outcome, outcome] });
    await handle({ auditDue }, { ...DUE, window: '1d' });
    expect(asked).toEqual([
      { time: AT, monitor: 'm' },
      { time: AT, monitor: 'm', window: '1d' },
    ]);
  });

  it('fails where a call cannot be answered, with the reason and its input in the log', async () => {
    const auditDue: Audits['auditDue'] = async () => {
      throw new Error('disk on fire');
    };
    await expect(handle({ auditDue }, DUE)).rejects.toThrow('disk on fire');
    expect(logs.find(({ message }) => message === 'audit failed')).toMatchObject({
      level: 'ERROR',
      input: DUE,
      error: { message: 'disk on fire' },
    });
  });

  it('empties its scratch folder first', async () => {
    const seen: string[][] = [];
    const auditDue: Audits['auditDue'] = async ({ resources }) => {
      seen.push(readdirSync(resources.scratch));
      writeFileSync(join(resources.scratch, 'left-over'), 'x');
      return [];
    };
    for (let i = 0; i < 2; i++) await handle({ auditDue }, DUE);
    expect(existsSync(scratch)).toBe(true);
    expect(seen).toEqual([[], []]);
  });
});

describe('a message of the queue', () => {
  const records = (...bodies: string[]) => ({
    Records: bodies.map((body, i) => ({ messageId: `m${i}`, receiptHandle: `r${i}`, body }) as SQSRecord),
  });
  const window = JSON.stringify({ monitor: 'm', from: '2026-07-01T13:00:00Z', to: '2026-07-01T14:00:00Z' });

  it('of a window is judged, and people are told', async () => {
    const asked: unknown[] = [];
    const auditOne: Audits['auditOne'] = async ({ notifier }, monitor, { from, to }) => {
      asked.push([notifier !== undefined, monitor, from, to]);
      return outcome;
    };
    const notifier = { message: async () => {}, event: async () => {}, measure: () => {} };
    expect(await handle({ auditOne }, records(window), notifier)).toEqual({ batchItemFailures: [] });
    expect(asked).toEqual([[true, 'm', AT, AT + HOUR]]);
    expect(logs.find(({ message }) => message === 'window audited')).toMatchObject({ outcome });
  });

  it('that asks what is due is answered with messages, of all monitors or of one', async () => {
    const asked: unknown[] = [];
    const handOutAudits: Audits['handOutAudits'] = async (_, __, task) => {
      asked.push(task);
      return [{ monitor: 'm', from: AT, to: AT + HOUR }];
    };
    const bodies = ['{"time":"2026-07-01T13:00:00Z"}', JSON.stringify(DUE)];
    expect(await handle({ handOutAudits }, records(...bodies))).toEqual({ batchItemFailures: [] });
    expect(asked).toEqual([{ time: AT }, { time: AT, monitor: 'm' }]);
    expect(logs.filter(({ message }) => message === 'audits handed out')).toHaveLength(2);
  });

  it('that cannot be understood, or whose window cannot be judged, fails alone, and the call does not', async () => {
    const auditOne: Audits['auditOne'] = async (_, monitor) => {
      if (monitor === 'broken') throw new Error('disk on fire');
      return outcome;
    };
    const bodies = ['no JSON', window.replace('"m"', '"broken"'), '{"monitor":"../m","time":"2026-07-01T13:00:00Z"}', window];
    expect(await handle({ auditOne }, records(...bodies))).toEqual({
      batchItemFailures: [{ itemIdentifier: 'm0' }, { itemIdentifier: 'm1' }, { itemIdentifier: 'm2' }],
    });
    const failed = logs.filter(({ message }) => message === 'audit failed');
    expect(failed.map(({ error }) => (error as Error).message)).toEqual([
      expect.stringContaining('expected JSON, got "no JSON"'),
      'disk on fire',
      expect.stringContaining('monitor:'),
    ]);
    expect(failed[1]).toMatchObject({ level: 'ERROR', messageId: 'm1', receiveCount: 1, input: expect.stringContaining('broken') });
    expect(retried).toEqual(['r0', 'r1', 'r2'].map((receipt) => [receipt, 600]));
  });

  it('that failed is told as it failed, also where it cannot be had back sooner', async () => {
    const retryIn = async () => Promise.reject(new Error('queue out of reach'));
    expect(await handle({}, records('{}'), undefined, { retryIn })).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
    expect(logs.map(({ level, message }) => [level, message]).slice(0, 2)).toEqual([
      ['ERROR', 'audit failed'],
      ['WARN', 'a failed audit comes back late'],
    ]);
  });

  it('does not fail the call where it is the only one, as Lambda would call less then', async () => {
    expect(await handle({}, records('{}'))).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
  });
});

describe.each([
  ['a call', parseCall],
  ['a message', (event: unknown) => parseMessage(JSON.stringify(event))],
])('%s', (_, parse) => {
  it.each([
    [{}, 'time'],
    [null, 'event'],
    [{ time: '13:00', monitor: 'm' }, 'time'],
    [{ from: '2026-07-01T13:00:00Z', to: '2026-07-01T14:00:00Z' }, 'monitor'],
    [{ monitor: '../m', time: '2026-07-01T13:00:00Z' }, 'monitor'],
    [{ monitor: 'm', from: 'x', to: '2026-07-01T14:00:00Z' }, 'from'],
    [{ time: '2026-07-01T13:00:00Z', windows: '1h' }, 'windows'],
  ])('%j is refused, naming %s', (event, word) => {
    expect(() => parse(event)).toThrow(MalformedAuditError);
    expect(() => parse(event)).toThrow(word);
  });
});

it('somebody who waits asks for one monitor, and messages for no length', () => {
  expect(() => parseCall({ time: '2026-07-01T13:00:00Z' })).toThrow('monitor');
  expect(() => parseMessage(JSON.stringify({ ...DUE, window: '1d' }))).toThrow('window');
});
