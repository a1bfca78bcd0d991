import { beforeAll, expect, it } from 'vitest';
import { keys } from '../../layers/quality/contract/keys.ts';
import type { Verdict } from '../../layers/quality/contract/verdict.ts';
import { hour, reportOf, START } from '../alerts/lab.ts';
import { followed, HOUR, lab } from './lab.ts';

const LIST = '/v1/monitors/m/reports';
const { store, ask, put } = lab();

/** A window that begins at an hour, and has so many hours; `minute` is when its report was written. */
function written(begin: number, hours: number, verdict: Verdict, minute: number): string {
  const id = (begin * 1000 + hours * 100 + minute).toString(16).padStart(16, '0');
  const report = reportOf(begin, { amount: verdict }, { id });
  report.subject.to = hour(begin + hours);
  report.metrics = [
    {
      ...{ metric: 'mean', factor: 'data_quality', column: 'amount', segment: null, facet: null, parameters: {} },
      ...{ value: minute, interval: null, rows: 100, error: null, reason: null },
    },
  ];
  const key = `${keys.report('m', START + begin * HOUR, 'window', id)}report.json`;
  put(key, JSON.stringify(report));
  store.written.set(key, new Date(START + minute * 60_000));
  return id;
}

let ids: Record<string, string>;
beforeAll(() => {
  put('monitors/m/monitor.json', '{"schema":"assay.monitor/1","monitor":"m"}');
  ids = {
    early: written(5, 1, 'pass', 1),
    first: written(6, 1, 'fail', 10),
    // The greater id was written before the other.
    second: written(6, 1, 'fail', 50),
    third: written(6, 1, 'pass', 30),
    day: written(6, 24, 'fail', 20),
  };
  store.written.set([...store.objects.keys()].find((key) => key.includes(ids.second!))!, new Date(START + 20 * 60_000));
});

const list = async (query: Record<string, string> = {}): Promise<string[]> => {
  const seen: string[] = [];
  for (let next: string | null = `${LIST}?${new URLSearchParams(query)}`; next !== null; ) {
    const { path, query } = followed(next);
    const { json } = await ask('GET', path, { query });
    seen.push(...json.reports.map(({ id }: { id: string }) => id));
    next = json.next;
  }
  return seen;
};

it('of several reports on a window the one that was written last is listed', async () => {
  expect(await list()).toEqual([ids.third, ids.day, ids.early]);
});

it('reports of an hour are in the order they were written in, the last first', async () => {
  const { third, second, day, first, early } = ids;
  expect(await list({ replaced: 'true' })).toEqual([third, ...[second, day].sort().reverse(), first, early]);
});

it.each(['1', '2', '3'])('pages of %s hold each window once', async (limit) => {
  expect(await list({ limit })).toEqual(await list());
  expect(await list({ limit, replaced: 'true' })).toHaveLength(5);
});

it('a verdict is that of the last report of a window', async () => {
  expect(await list({ verdict: 'fail' })).toEqual([ids.day]);
  expect(await list({ verdict: 'fail', limit: '1' })).toEqual([ids.day]);
  expect(await list({ verdict: 'pass' })).toEqual([ids.third, ids.early]);
});

it('a series has a point for each window', async () => {
  const { json } = await ask('GET', '/v1/monitors/m/metrics', { query: { metric: 'mean', column: 'amount' } });
  expect(json.points.map(({ report }: { report: string }) => report)).toEqual([ids.early, ids.day, ids.third]);
});

it('what was replaced stays at its address', async () => {
  expect((await ask('GET', `${LIST}/${ids.first}`)).status).toBe(200);
});
