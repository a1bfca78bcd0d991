import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Audits, createHandler } from '../../functions/audit/audit.ts';
import { MalformedAuditError, parseEvent } from '../../functions/audit/event.ts';
import type { Notifier } from '../../layers/quality/alerts/notifier.ts';
import type { Store } from '../../layers/quality/store/store.ts';

const HOUR = 3_600_000;
const AT = Date.UTC(2026, 6, 1, 13);
const context = { awsRequestId: 'request-1', functionName: 'audit' } as Context;
const outcome = { monitor: 'm', from: 'a', to: 'b', verdict: 'pass', report: 'reports/m/report.json' };

let scratch: string;
let logs: Record<string, unknown>[];
beforeEach(() => {
  scratch = join(mkdtempSync(join(tmpdir(), 'assay-test-')), 'scratch');
  logs = [];
});
afterEach(() => rmSync(join(scratch, '..'), { recursive: true, force: true }));

function handle(audits: Partial<Audits>, event: unknown, notifier?: Notifier) {
  const logger = new Logger({ serviceName: 'test' });
  const keep = (line: string) => logs.push(JSON.parse(line));
  Object.assign(logger, { console: { info: keep, error: keep, warn: keep, debug: keep } });
  const resources = { scratch, memoryMB: 100, workers: 1 };
  const rest = notifier === undefined ? {} : { notifier };
  const deps = { ...rest, store: {} as Store, resources, scratchBytes: 1e6, version: 'test', dataBucket: 'data-bucket', log: () => {} };
  const unused = async () => expect.fail('not asked for');
  return createHandler({ auditOne: unused, auditDue: unused, ...audits }, deps, logger)(event, context);
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

  it('audits what is due when the schedule asks', async () => {
    const asked: unknown[] = [];
    const auditDue: Audits['auditDue'] = async (_, request) => {
      asked.push(request);
      return [outcome, outcome];
    };
    expect(await handle({ auditDue }, { time: '2026-07-01T13:00:00Z' })).toEqual({ audited: [outcome, outcome] });
    await handle({ auditDue }, { time: '2026-07-01T13:00:00Z', monitor: 'm', window: '1d' });
    expect(asked).toEqual([{ time: AT }, { time: AT, monitor: 'm', window: '1d' }]);
  });

  it('fails as a whole, so that it is repeated, with the reason and its input in the log', async () => {
    const auditDue: Audits['auditDue'] = async () => {
      throw new Error('disk on fire');
    };
    await expect(handle({ auditDue }, { time: '2026-07-01T13:00:00Z' })).rejects.toThrow('disk on fire');
    expect(logs.find(({ message }) => message === 'audit failed')).toMatchObject({
      level: 'ERROR',
      input: { time: '2026-07-01T13:00:00Z' },
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
    for (let i = 0; i < 2; i++) await handle({ auditDue }, { time: '2026-07-01T13:00:00Z' });
    expect(existsSync(scratch)).toBe(true);
    expect(seen).toEqual([[], []]);
  });
});

it.each([
  [{}, 'time'],
  [null, 'event'],
  [{ time: '13:00' }, 'time'],
  [{ from: '2026-07-01T13:00:00Z', to: '2026-07-01T14:00:00Z' }, 'monitor'],
  [{ monitor: '../m', time: '2026-07-01T13:00:00Z' }, 'monitor'],
  [{ monitor: 'm', from: 'x', to: '2026-07-01T14:00:00Z' }, 'from'],
  [{ time: '2026-07-01T13:00:00Z', windows: '1h' }, 'windows'],
])('the event %j is refused, naming %s', (event, word) => {
  expect(() => parseEvent(event)).toThrow(MalformedAuditError);
  expect(() => parseEvent(event)).toThrow(word);
});
