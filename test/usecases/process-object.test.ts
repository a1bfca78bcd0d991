import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type Report, reportSchema } from '../../layers/quality/contract/report.ts';
import type { ProcessOutcome } from '../../layers/quality/usecases/dependencies.ts';
import { processObject } from '../../layers/quality/usecases/process-object.ts';
import { memoryStore } from './memory-store.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const table = (rows: number, factor = 1): string =>
  ['id,amount', ...Array.from({ length: rows }, (_, i) => `k${i},${(((i * 7919) % 1009) * factor).toFixed(1)}`)].join('\n');

function cloud(monitor: object = {}, scratchBytes = 1e9) {
  const store = memoryStore();
  const logs: string[] = [];
  const put = (key: string, body: string): void => void store.objects.set(key, Buffer.from(body));
  put(
    'monitors/m/monitor.json',
    JSON.stringify({ schema: 'assay.monitor/1', monitor: 'm', input: { location: 's3://b/data/' }, ...monitor }),
  );
  const arrive = (key: string, etag?: string): Promise<ProcessOutcome> => {
    const scratch = mkdtempSync(join(tmpdir(), 'assay-process-'));
    folders.push(scratch);
    const resources = { scratch, memoryMB: 200, workers: 1 };
    const deps = { store, resources, scratchBytes, version: 'test', dataBucket: 'b', log: (message: string) => void logs.push(message) };
    const ref = {
      bucket: 'b',
      key,
      size: store.objects.get(key)?.length ?? 0,
      time: '2026-03-10T12:00:00Z',
      ...(etag === undefined ? {} : { etag }),
    };
    return processObject(deps, ref);
  };
  const reports = (): Report[] =>
    [...store.objects]
      .filter(([key]) => key.endsWith('report.json'))
      .map(([, body]) => reportSchema.parse(JSON.parse(body.toString('utf8'))));
  return { store, put, arrive, reports, logs };
}

describe('an object that arrives', () => {
  it('is judged for data quality alone, and says so, while its monitor has no baseline', async () => {
    const { put, arrive, reports } = cloud();
    put('data/a.csv', table(200));
    expect(await arrive('data/a.csv')).toMatchObject({ status: 'reported' });
    expect(reports()[0]).toMatchObject({ verdict: 'pass', baseline: null });
    expect(reports()[0]!.notes.join(' ')).toMatch(/no baseline/);
  });

  it('is judged against the baseline that reference data became', async () => {
    const { put, arrive, reports } = cloud();
    put('monitors/m/baseline/input/reference.csv', table(4000));
    expect(await arrive('monitors/m/baseline/input/reference.csv')).toMatchObject({ status: 'baseline' });
    put('data/a.csv', table(900, 100));
    await arrive('data/a.csv');
    expect(reports()[0]).toMatchObject({ verdict: 'fail', findings: [{ cause: 'unit_change', columns: ['amount'] }] });
  });

  it('changes nothing when it is processed again', async () => {
    const { put, arrive, store } = cloud();
    put('data/a.csv', table(200));
    await arrive('data/a.csv');
    const before = new Map(store.objects);
    await arrive('data/a.csv');
    expect(store.objects).toEqual(before);
  });

  it('leaves the scratch space to the next of its monitors as it found it', async () => {
    const { put, arrive } = cloud();
    put('monitors/n/monitor.json', JSON.stringify({ schema: 'assay.monitor/1', monitor: 'n', input: { location: 's3://b/' } }));
    put('data/a.csv', table(200));
    expect(await arrive('data/a.csv')).toMatchObject({ reports: [expect.anything(), expect.anything()] });
    expect(readdirSync(folders.at(-1)!)).toEqual([]);
  });

  it('gets its profile and its data-quality checks only, where the monitor reports on windows', async () => {
    const { put, arrive, reports, store } = cloud({ report: 'window' });
    put('monitors/m/baseline/input/reference.csv', table(4000));
    await arrive('monitors/m/baseline/input/reference.csv');
    put('data/a.csv', table(900, 100));
    await arrive('data/a.csv');
    expect(new Set(reports()[0]!.checks.map(({ factor }) => factor))).toEqual(new Set(['data_quality']));
    expect([...store.objects.keys()].filter((key) => key.startsWith('profiles/'))).toHaveLength(1);
  });

  it('larger than a third of the scratch space becomes a report with both sizes', async () => {
    const { put, arrive, reports } = cloud({}, 3000);
    put('data/a.csv', table(200));
    const size = table(200).length;
    expect(await arrive('data/a.csv')).toMatchObject({ status: 'reported' });
    expect(reports()[0]!.verdict).toBe('error');
    expect(reports()[0]!.findings[0]!.title).toContain(`${size} bytes`);
    expect(reports()[0]!.findings[0]!.title).toContain('3000 bytes');
  });

  it('is left alone where it is our own, belongs to no monitor, or is another one by now', async () => {
    const { put, arrive, store } = cloud();
    for (const key of ['reports/m/x/report.json', 'elsewhere/a.csv', 'data/a.csv']) put(key, table(50));
    const before = store.objects.size;
    expect(await arrive('reports/m/x/report.json')).toMatchObject({ status: 'ignored' });
    expect(await arrive('elsewhere/a.csv')).toMatchObject({ status: 'ignored' });
    expect(await arrive('data/a.csv', 'an-older-etag')).toMatchObject({ status: 'superseded' });
    expect(store.objects.size).toBe(before);
  });

  it('is judged for its monitor though another monitor is broken', async () => {
    const { put, arrive, logs } = cloud();
    put('monitors/broken/monitor.json', '{"schema":"assay.monitor/1","monitor":"broken","chekcs":{}}');
    put('data/a.csv', table(200));
    expect(await arrive('data/a.csv')).toMatchObject({ status: 'reported' });
    expect(logs).toContain('a monitor cannot be read');
  });

  it('is not passed over where the store refuses its monitor: it comes again', async () => {
    const { put, arrive, store } = cloud();
    put('data/a.csv', table(200));
    const { get } = store;
    store.get = () => Promise.reject(new Error('503 Slow Down'));
    await expect(arrive('data/a.csv')).rejects.toThrow('503 Slow Down');
    store.get = get;
    expect(await arrive('data/a.csv')).toMatchObject({ status: 'reported' });
  });
});
