import { beforeAll, describe, expect, it } from 'vitest';
import { auditAnswerSchema, labelsAnswerSchema } from '../../layers/quality/contract/api.ts';
import { reportSchema } from '../../layers/quality/contract/report.ts';
import { type Answer, type Ask, BUCKET, csv, followed, lab, MONITOR, withReports } from './lab.ts';

let made: Awaited<ReturnType<typeof withReports>>;
beforeAll(async () => {
  made = await withReports();
}, 120_000);
const JSON_TYPE = { 'Content-Type': 'application/json' };
const check = (body: string, type: string): Promise<Answer> =>
  made.ask('POST', '/v1/monitors/plain/checks', { body, headers: { 'content-type': type } });

/** The table as records. */
const records = (hour: number, rows: number, factor = 1): Record<string, unknown>[] => {
  const [, ...lines] = csv(hour, 1, rows, factor).trimEnd().split('\n');
  return lines.map((line) => {
    const [id, time, amount, colour] = line.split(',');
    return { id, time, amount: Number(amount), colour };
  });
};

describe('a check', () => {
  it.each([
    ['text/csv; charset=utf-8', csv(140, 1, 300, 100)],
    [
      'application/x-ndjson',
      records(140, 300, 100)
        .map((record) => JSON.stringify(record))
        .join('\n'),
    ],
    [
      'application/jsonl',
      records(140, 300, 100)
        .map((record) => JSON.stringify(record))
        .join('\n'),
    ],
    ['application/json', JSON.stringify(records(140, 300, 100))],
  ])('of records as %s finds what is wrong with them, and leaves nothing behind', async (type, body) => {
    const before = new Map(made.store.objects);
    const { status, json } = await check(body, type);
    expect(status).toBe(200);
    expect(reportSchema.parse(json)).toMatchObject({
      monitor: 'plain',
      verdict: 'fail',
      subject: { rows: 300 },
      findings: [{ cause: 'unit_change' }],
    });
    expect(made.store.objects).toEqual(before);
  });

  it('of what is as before passes', async () => {
    expect((await check(csv(150, 1, 300), 'text/csv')).json).toMatchObject({ verdict: 'pass', baseline: { rows: 4000 } });
  });

  it('of an object under the location is the one of its arrival', async () => {
    const { status, json } = await check(JSON.stringify({ data: `${MONITOR.input.location}130.csv` }), 'application/json');
    expect([status, json.verdict, json.subject.objects[0].uri]).toEqual([200, 'fail', `${MONITOR.input.location}130.csv`]);
  });

  it.each([
    'https://example.com/a.csv',
    `s3://${BUCKET}/other/130.csv`,
    `s3://${BUCKET}/data/../monitors/plain/monitor.json`,
    `s3://${BUCKET}/data//130.csv`,
    `s3://${BUCKET}/data/`,
    `s3://${BUCKET}/data/a\u0000.csv`,
    `s3://${BUCKET}/data/${'a'.repeat(1200)}`,
    `s3://${BUCKET}/data/nothing.csv`,
    's3://another-bucket/data/130.csv',
  ])('of an object elsewhere is refused: %j', async (data) => {
    const { status, json } = await check(JSON.stringify({ data }), 'application/json');
    expect([status, json.errors[0].pointer]).toEqual([400, '#/data']);
  });

  it("of Assay's own objects is refused, whatever the location is", async () => {
    const { put, ask } = lab();
    put('monitors/m/monitor.json', JSON.stringify({ ...MONITOR, monitor: 'm', input: { location: `s3://${BUCKET}/` } }));
    for (const key of ['records/monitor=other/a.parquet', 'monitors/other/monitor.json', 'labels/other/a.csv']) {
      put(key, csv(0, 1, 10));
      const body = JSON.stringify({ data: `s3://${BUCKET}/${key}` });
      expect((await ask('POST', '/v1/monitors/m/checks', { body, headers: JSON_TYPE })).json.detail).toMatch(/holds none$/);
    }
  });

  it('says what could not be read, and never repeats it', async () => {
    const secret = 'secret-4711';
    const answers = [
      await check('\u0000\u0001\u0002'.repeat(100), 'text/csv'),
      await check(`{"a": ${secret}`, 'application/json'),
      await check('"text"', 'application/json'),
      await check('[]', 'application/json'),
      await check(`[{"a":1},["${secret}"]]`, 'application/json'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400]);
    expect(answers.map(({ json }) => json.errors?.[0].pointer)).toEqual([undefined, '#', '#', '#', '#/1']);
    for (const { text } of answers) expect(text).not.toContain(secret);
  });
});

describe('a configuration', () => {
  const put = (body: unknown, ask: Ask = {}, name = 'fresh'): Promise<Answer> =>
    made.ask('PUT', `/v1/monitors/${name}`, { ...ask, body: JSON.stringify(body), headers: { ...JSON_TYPE, ...ask.headers } });
  const fresh = { ...MONITOR, monitor: 'fresh' };

  it('is created, found again, replaced, and not replaced by who has not seen it', async () => {
    const created = await put(fresh, { headers: { 'If-None-Match': '*' }, stage: 'live' });
    expect([created.status, created.headers.location]).toEqual([201, '/live/v1/monitors/fresh']);
    expect((await made.ask('GET', '/v1/monitors/fresh')).headers.etag).toBe(created.headers.etag);
    expect((await put(fresh)).status).toBe(200);
    expect((await put(fresh, { headers: { 'If-None-Match': '*' } })).status).toBe(412);
    const changed = await put({ ...fresh, minimumRows: 50 }, { headers: { 'If-Match': created.headers.etag! } });
    expect([changed.status, changed.json.minimumRows]).toEqual([200, 50]);
    expect((await put(fresh, { headers: { 'If-Match': created.headers.etag! } })).status).toBe(412);
    expect((await put({ ...fresh, monitor: 'none' }, { headers: { 'If-Match': '*' } }, 'none')).status).toBe(412);
  });

  it.each([
    [{ ...fresh, chekcs: {} }, '#/chekcs', 'did you mean "checks"?'],
    [{ ...fresh, input: { loction: 's3://b/' } }, '#/input/loction', 'did you mean "location"?'],
    [{ ...fresh, columns: { 'a/b~c': { role: 'feature', typ: 'number' } } }, '#/columns/a~1b~0c/typ', 'did you mean "type"?'],
    [{ ...fresh, falseAlarmRate: 7 }, '#/falseAlarmRate', 'falseAlarmRate'],
    [{ ...fresh, checks: { 'drfit/income': 'off' } }, '#/checks/drfit~1income', 'did you mean "drift"?'],
    [{ ...fresh, monitor: 'other' }, '#/monitor', 'expected "fresh"'],
    [{ ...fresh, windows: ['1h', 'daily'] }, '#/windows/1', 'got "daily"'],
    [{ ...fresh, lateness: '15m' }, '#/lateness', 'ISO 8601'],
    [{ ...fresh, labels: { location: 's3://b/l/', delay: 'P' } }, '#/labels/delay', 'ISO 8601'],
    [{ ...fresh, timeZone: 'Mars/Olympus' }, '#/timeZone', 'Europe/Berlin'],
    [{ ...fresh, input: { location: 's3://b/', score: 'a[' } }, '#/input', 'JMESPath'],
    [[], '#', 'the whole'],
  ])('with a mistake is refused, with its place and what is near: %j', async (body, pointer, near) => {
    const before = new Map(made.store.objects);
    const { status, json, headers } = await put(body);
    expect([status, headers['content-type'], json.errors[0].pointer]).toEqual([400, 'application/problem+json', pointer]);
    expect(json.errors[0].detail).toContain(near);
    expect(made.store.objects).toEqual(before);
  });

  it('that was put into the bucket with a mistake stops what needs it, and may be put again', async () => {
    made.put('monitors/odd/monitor.json', '{"schema":"assay.monitor/1"');
    const { status, json } = await made.ask('POST', '/v1/monitors/odd/checks', { body: 'a\n1', headers: { 'content-type': 'text/csv' } });
    expect([status, json.title]).toEqual([409, 'Conflict']);
    expect((await put({ ...fresh, monitor: 'odd' }, {}, 'odd')).status).toBe(200);
  });
});

describe('an audit', () => {
  const audit = (body: unknown): Promise<Answer> =>
    made.ask('POST', '/v1/monitors/plain/audits', { body: JSON.stringify(body), headers: JSON_TYPE });

  it('becomes a report at the address it gives, the same again', async () => {
    const window = { from: '2026-03-06T10:00:00Z', to: '2026-03-06T12:00:00Z' };
    const { status, json, headers } = await audit(window);
    expect([status, headers.location]).toEqual([201, auditAnswerSchema.parse(json).href]);
    const { path, query } = followed(headers.location!);
    const report = reportSchema.parse((await made.ask('GET', path, { query })).json);
    expect(report).toMatchObject({ kind: 'window', id: json.id, verdict: json.verdict, subject: { rows: 600 } });
    expect((await audit(window)).json).toEqual(json);
    expect((await made.ask('GET', '/v1/monitors/plain/reports', { query: { kind: 'window' } })).json.reports).toHaveLength(1);
  });

  it.each([
    [{ from: '2026-03-06T10:00:00Z' }, '#/to'],
    [{ from: '2026-03-06', to: '2026-03-07T00:00:00Z' }, '#/from'],
    [{ from: '2026-03-06T10:30:00Z', to: '2026-03-06T12:00:00Z' }, '#/from'],
    [{ from: '2026-03-06T12:00:00Z', to: '2026-03-06T10:00:00Z' }, '#/to'],
    [{ from: '2026-03-06T12:00:00Z', to: '2026-03-06T12:00:00Z' }, '#/to'],
    [{ from: '2020-03-06T12:00:00Z', to: '2026-03-06T12:00:00Z' }, '#/to'],
    [{ from: '2026-03-06T10:00:00Z', to: '2026-03-06T12:00:00Z', monitor: 'other' }, '#/monitor'],
  ])('of no window is refused: %j', async (body, pointer) => {
    const { status, json } = await audit(body);
    expect([status, json.errors[0].pointer]).toEqual([400, pointer]);
  });
});

describe('labels', () => {
  const labels = (body: string, type = 'text/csv', monitor = 'labelled'): Promise<Answer> =>
    made.ask('POST', `/v1/monitors/${monitor}/labels`, { body, headers: { 'content-type': type } });
  beforeAll(() => {
    made.put(
      'monitors/labelled/monitor.json',
      JSON.stringify({ ...MONITOR, monitor: 'labelled', labels: { location: `s3://${BUCKET}/labels/labelled/` } }),
    );
    made.put(
      'monitors/elsewhere/monitor.json',
      JSON.stringify({ ...MONITOR, monitor: 'elsewhere', labels: { location: 's3://theirs/labels/' } }),
    );
  });

  it('are kept once, where audits look for them', async () => {
    const { status, json } = await labels('id,label\na,1\nb,0\n,1\n');
    expect([status, labelsAnswerSchema.parse(json)]).toMatchObject([
      201,
      { labels: 2, rejected: 1, rejectedLines: [{ line: expect.any(Number) }] },
    ]);
    const key = json.object.replace(`s3://${BUCKET}/`, '');
    expect(key).toMatch(/^labels\/labelled\/[0-9a-f]{32}\.csv$/);
    expect(made.store.objects.get(key)!.toString()).toBe('id,label\na,1\nb,0\n,1\n');
    expect((await labels('id,label\na,1\nb,0\n,1\n')).status).toBe(200);
    expect((await labels('[{"id":"a","label":1}]', 'application/json')).json).toMatchObject({ labels: 1 });
    expect((await labels('{"id":"a","label":1}\n{"id":"b","label":0}\n', 'application/x-ndjson')).json).toMatchObject({ labels: 2 });
  });

  it('that no audit would join are refused, with what to do', async () => {
    const before = made.store.objects.size;
    const answers = [
      await labels('id,label\na,1\n', 'text/csv', 'plain'),
      await labels('id,label\na,1\n', 'text/csv', 'elsewhere'),
      await labels('name,value\na,1\n'),
      await labels('id,label\na,\n'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([409, 409, 400, 400]);
    expect(answers[0]!.json.detail).toContain(`s3://${BUCKET}/labels/plain/`);
    expect(answers[2]!.json.detail).toContain('expected an id column');
    expect(made.store.objects.size).toBe(before);
  });
});
