import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { monitorListSchema, reportListSchema, seriesSchema } from '../../layers/quality/contract/api.ts';
import { reportSchema } from '../../layers/quality/contract/report.ts';
import { type Answer, followed, lab, MONITOR, withReports } from './lab.ts';

let made: Awaited<ReturnType<typeof withReports>>;
beforeAll(async () => {
  made = await withReports();
}, 120_000);
const get = (path: string, query: Record<string, string> = {}, headers: Record<string, string> = {}): Promise<Answer> =>
  made.ask('GET', path, { query, headers });
const REPORTS = '/v1/monitors/plain/reports';
const METRICS = '/v1/monitors/plain/metrics';

describe('monitors', () => {
  it('are listed with their latest report, and with what is wrong with them', async () => {
    made.put('monitors/broken/monitor.json', '{"schema":"assay.monitor/1","monitor":"broken","chekcs":{}}');
    const { json } = await get('/v1/monitors');
    made.store.objects.delete('monitors/broken/monitor.json');
    expect(monitorListSchema.parse(json).monitors).toMatchObject([
      { monitor: 'broken', latest: null, problem: expect.stringContaining('did you mean "checks"?') },
      { monitor: 'plain', location: MONITOR.input.location, baseline: expect.any(String), problem: null, latest: { verdict: 'pass' } },
    ]);
  });

  it('are as they were put', async () => {
    const { status, json, headers } = await get('/v1/monitors/plain');
    expect([status, json]).toEqual([200, MONITOR]);
    expect(headers).toMatchObject({ 'content-type': 'application/json', etag: expect.stringMatching(/^"\w{32}"$/) });
  });

  it('that are not there are said to be not there', async () => {
    for (const path of ['', '/reports', '/metrics?', '/reports/0123456789abcdef'])
      expect((await get(`/v1/monitors/nobody${path.replace('?', '')}`, path.endsWith('?') ? { metric: 'mean' } : {})).status).toBe(404);
  });

  it('have addresses with the stage of the gateway before them', async () => {
    const { json } = await made.ask('GET', '/v1/monitors', { stage: 'live' });
    expect(json.monitors[0].href).toBe('/live/v1/monitors/plain');
    expect(json.monitors[0].latest.href).toMatch(/^\/live\/v1\/monitors\/plain\/reports\/[0-9a-f]{16}\?hour=/);
  });
});

describe('reports', () => {
  it('are listed newest first, and are what was stored', async () => {
    const { reports, next } = reportListSchema.parse((await get(REPORTS)).json);
    expect(reports.map(({ verdict }) => verdict)).toEqual(['pass', 'fail', 'pass']);
    expect(next).toBeNull();
    const { path, query } = followed(reports[1]!.href);
    const report = reportSchema.parse((await get(path, query)).json);
    expect(report).toMatchObject({ id: reports[1]!.id, verdict: 'fail', findings: [{ cause: 'unit_change' }] });
    expect((await get(path)).json).toEqual(report);
    expect((await get(path, { hour: '2026-01-01T00:00:00Z' })).status).toBe(404);
  });

  it('come in pages that hold every one once', async () => {
    const seen: string[] = [];
    let next: string | null = `${REPORTS}?limit=1`;
    for (let page = 0; next !== null && page < 9; page++) {
      const { path, query } = followed(next);
      const list = reportListSchema.parse((await get(path, query)).json);
      expect(list.reports).toHaveLength(1);
      seen.push(list.reports[0]!.id);
      next = list.next;
    }
    expect(new Set(seen).size).toBe(3);
    expect(seen).toHaveLength(3);
  });

  it.each([
    [{ verdict: 'fail' }, ['fail']],
    [{ kind: 'window' }, []],
    [{ from: '2026-03-06T10:00:00Z' }, ['pass', 'fail']],
    [{ from: '2026-03-06T10:00:00Z', to: '2026-03-06T11:00:00Z' }, ['fail']],
    [{ from: '2026-03-06T12:00:00+01:00' }, ['pass']],
    [{ to: '2026-03-06' }, ['pass']],
    [{ from: '2026-03-07' }, []],
    [{ from: '2027-01-01' }, []],
  ])('may be asked for by %o', async (query, verdicts) => {
    const { json } = await get(REPORTS, query);
    expect(json.reports.map(({ verdict }: { verdict: string }) => verdict)).toEqual(verdicts);
  });

  it('outlive their monitor', async () => {
    const { store, ask, put } = lab();
    for (const [key, body] of made.store.objects) if (key.startsWith('reports/')) put(key, body.toString());
    expect(store.objects.has('monitors/plain/monitor.json')).toBe(false);
    expect((await ask('GET', REPORTS)).json.reports).toHaveLength(3);
  });

  it('are not sent again to who has them', async () => {
    const first = await get(REPORTS);
    const again = await get(REPORTS, {}, { 'If-None-Match': `"other", ${first.headers.etag}` });
    expect([again.status, again.text, again.headers.etag]).toEqual([304, '', first.headers.etag]);
    expect((await get(REPORTS, {}, { 'If-None-Match': '"other"' })).status).toBe(200);
  });

  it('are compressed for who can read that, with a tag that says so', async () => {
    const { path, query } = followed((await get(REPORTS)).json.reports[0].href);
    const plain = await get(path, query);
    const packed = await get(path, query, { 'Accept-Encoding': 'br, gzip' });
    expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', etag: `W/${plain.headers.etag}` });
    expect(gunzipSync(Buffer.from(packed.text, 'latin1')).toString()).toBe(plain.text);
    expect((await get(path, query, { 'If-None-Match': packed.headers.etag! })).status).toBe(304);
    expect((await get(path, query, { 'Accept-Encoding': 'gzip;q=0' })).headers['content-encoding']).toBeUndefined();
  });
});

describe('a series', () => {
  it('has a point for each report, oldest first, with the verdict on it', async () => {
    const series = seriesSchema.parse((await get(METRICS, { metric: 'jensen_shannon_distance', column: 'amount' })).json);
    expect(series.points.map(({ verdict }) => verdict)).toEqual(['pass', 'fail', 'pass']);
    expect(Number(series.points[1]!.value)).toBeGreaterThan(0.5);
    expect(series.points.map(({ from }) => from)).toEqual([...series.points.map(({ from }) => from)].sort());
  });

  it('may be of the table, and comes in pages', async () => {
    const first = seriesSchema.parse((await get(METRICS, { metric: 'row_count', limit: '2' })).json);
    expect(first.points.map(({ value }) => value)).toEqual([300, 300]);
    const { path, query } = followed(first.next!);
    const second = seriesSchema.parse((await get(path, query)).json);
    expect(second.points).toHaveLength(1);
    expect(second.next).toBeNull();
    expect(second.points[0]!.from! < first.points[0]!.from!).toBe(true);
  });

  it('of a metric or column nobody knows is said to be unknown, or empty', async () => {
    const { status, json } = await get(METRICS, { metric: 'jensen_shanon_distance' });
    expect([status, json.errors]).toEqual([
      400,
      [{ parameter: 'metric', detail: 'there is no metric of that name; did you mean "jensen_shannon_distance"?' }],
    ]);
    expect((await get(METRICS, { metric: 'mean', column: 'x'.repeat(1000) })).json.points).toEqual([]);
  });
});
