import { beforeAll, describe, expect, it } from 'vitest';
import { problemSchema } from '../../layers/quality/contract/api.ts';
import { type Answer, type Ask, BUCKET, lab, MONITOR, withReports } from './lab.ts';

let made: Awaited<ReturnType<typeof withReports>>;
beforeAll(async () => {
  made = await withReports();
  made.put(
    'monitors/labelled/monitor.json',
    JSON.stringify({ ...MONITOR, monitor: 'labelled', labels: { location: `s3://${BUCKET}/labels/` } }),
  );
}, 120_000);
const REPORTS = '/v1/monitors/plain/reports';
const CHECKS = '/v1/monitors/plain/checks';
const keyed = (lines: number, keys: number): string => Array.from({ length: lines }, (_, i) => `{"k${i % keys}":${i}}`).join('\n');

/** A refusal: a problem document of this status, with nothing about how we are made. */
async function refused(status: number, method: string, path: string, given: Ask = {}): Promise<Answer> {
  const answer = await made.ask(method, path, given);
  expect([method, path.slice(0, 80), answer.status]).toEqual([method, path.slice(0, 80), status]);
  expect(answer.headers['content-type']).toBe('application/problem+json');
  expect(problemSchema.parse(answer.json).status).toBe(status);
  expect(answer.text).not.toMatch(/\bat .*\.ts|node_modules|Error:/);
  return answer;
}

describe('an address', () => {
  it.each([
    '/',
    '/v1',
    '/v1/',
    '/v1/monitors/',
    '/v2/monitors',
    '/v1/monitors/../reports',
    '/v1/monitors/..',
    '/v1/monitors/%2e%2e',
    '/v1/monitors/%2e%2e%2freports',
    '/v1/monitors/plain/../other',
    '/v1/monitors/plain%00',
    '/v1/monitors/plain\u0000',
    '/v1/monitors/PLAIN',
    '/v1/monitors/plain ',
    '/v1/monitors/a.b',
    '/v1/monitors/__proto__',
    `/v1/monitors/${'a'.repeat(64)}`,
    `/v1/monitors/${'a'.repeat(100_000)}`,
    `${REPORTS}/..%2f..%2fmonitors%2fplain%2fmonitor.json`,
    `${REPORTS}/0123456789ABCDEF`,
    `${REPORTS}/0123456789abcde`,
    `${REPORTS}/batch-0123456789abcdef`,
    `${REPORTS}/0123456789abcdef/report.json`,
    `${REPORTS}/0123456789abcdef`,
  ])('that is none of ours is not found: %j', async (path) => {
    await refused(404, 'GET', path);
  });

  it('names the methods it has', async () => {
    expect((await refused(405, 'DELETE', '/v1/monitors/plain')).headers.allow).toBe('GET, PUT');
    expect((await refused(405, 'POST', REPORTS)).headers.allow).toBe('GET');
    expect((await refused(405, 'GET', CHECKS)).headers.allow).toBe('POST');
    await refused(405, 'HEAD', '/v1/monitors');
    await refused(405, 'get', '/v1/monitors');
  });

  it('is not asked for in a form it has not', async () => {
    await refused(406, 'GET', '/v1/monitors', { headers: { Accept: 'image/png' } });
    await refused(406, 'GET', '/v1/monitors/plain/metrics', { query: { metric: 'mean' }, headers: { Accept: 'text/html' } });
    await refused(406, 'GET', '/v1/monitors', { headers: { Accept: 'application/json;q=0, text/html;q=0' } });
  });
});

describe('a query', () => {
  it.each([
    [{ limit: '0' }, 'limit'],
    [{ limit: '101' }, 'limit'],
    [{ limit: 'many' }, 'limit'],
    [{ limit: '' }, 'limit'],
    [{ limit: ['1', '2'] }, 'limit'],
    [{ verdict: 'bad' }, 'verdict'],
    [{ kind: '../batch' }, 'kind'],
    [{ from: 'yesterday' }, 'from'],
    [{ from: '2026-13-01' }, 'from'],
    [{ from: '2026-03-06T10:00:00' }, 'from'],
    [{ from: '0001-01-01' }, 'from'],
    [{ to: '9999-01-01' }, 'to'],
    [{ from: '2026-03-07', to: '2026-03-06' }, 'to'],
    [{ from: '2026-03-07', to: '2026-03-07' }, 'to'],
    [{ limti: '5' }, 'limti'],
    [{ ['x'.repeat(500)]: '5' }, 'x'.repeat(100)],
  ] as [Record<string, string | string[]>, string][])('that is wrong names what is wrong in it: %j', async (query, parameter) => {
    const { json } = await refused(400, 'GET', REPORTS, { query });
    expect(json.errors.map((error: { parameter: string }) => error.parameter)).toContain(parameter);
  });

  it('has to name its metric', async () => {
    const { json } = await refused(400, 'GET', '/v1/monitors/plain/metrics');
    expect(json.errors[0].parameter).toBe('metric');
  });

  it('goes on only from where an answer to it ended', async () => {
    const first = (await made.ask('GET', REPORTS, { query: { limit: '1' } })).json;
    const cursor = new URL(first.next, 'http://host').searchParams.get('cursor')!;
    const [version, digest, place] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const forged = (...parts: unknown[]): string => Buffer.from(JSON.stringify(parts)).toString('base64url');
    expect((await made.ask('GET', REPORTS, { query: { cursor, limit: '2' } })).json.reports).toHaveLength(2);
    for (const made of [
      'x',
      '!!',
      forged(2, digest, place),
      forged(version, 'x', place),
      forged(version, digest, '../../monitors'),
      forged(version, digest, 7),
      forged(),
    ])
      await refused(400, 'GET', REPORTS, { query: { cursor: made } });
    await refused(400, 'GET', REPORTS, { query: { cursor, verdict: 'fail' } });
    await refused(400, 'GET', REPORTS, { query: { cursor: 'a'.repeat(1001) } });
    made.put('monitors/other/monitor.json', JSON.stringify({ ...MONITOR, monitor: 'other' }));
    await refused(400, 'GET', '/v1/monitors/other/reports', { query: { cursor } });
  });
});

describe('a body', () => {
  const csvType = { 'content-type': 'text/csv' };

  it('has to be of a type that is taken, and says which those are', async () => {
    const answer = await refused(415, 'POST', CHECKS, { body: 'a\n1', headers: { 'content-type': 'application/xml' } });
    expect(answer.headers.accept).toBe('application/json, application/x-ndjson, application/jsonl, text/csv');
    await refused(415, 'POST', CHECKS, { body: 'a\n1' });
    await refused(415, 'POST', CHECKS, { body: 'a\n1', headers: { ...csvType, 'content-encoding': 'gzip' } });
    await refused(415, 'PUT', '/v1/monitors/plain', { body: 'schema: x', headers: { 'content-type': 'text/yaml' } });
    await refused(415, 'POST', '/v1/monitors/plain/audits', { body: '{}', headers: csvType });
  });

  it('has to be there, and no larger than what is taken', async () => {
    await refused(400, 'POST', CHECKS, { headers: csvType });
    await refused(413, 'POST', CHECKS, { body: Buffer.alloc(3 * 1024 * 1024 + 1, 'a'), headers: csvType });
    await refused(413, 'POST', '/v1/monitors/plain/labels', { body: Buffer.alloc(3 * 1024 * 1024 + 1, 'a'), headers: csvType });
    await refused(413, 'PUT', '/v1/monitors/plain', { body: Buffer.alloc(300_000, ' '), headers: { 'content-type': 'application/json' } });
  });

  it.each([
    ['nested too deep', 'application/x-ndjson', `{"a":${'['.repeat(500_000)}${']'.repeat(500_000)}}`, 400, 'at most 100 deep'],
    ['nested too deep, as a list', 'application/json', `[{"a":${'['.repeat(500_000)}${']'.repeat(500_000)}}]`, 400, 'at most 100 deep'],
    ['with a new key a line', 'application/x-ndjson', keyed(20_000, 20_000), 413, 'at most 1000 columns'],
    ['with many keys over many lines', 'application/x-ndjson', keyed(100_000, 100), 413, 'at most 5000000 values'],
    ['of too many columns', 'text/csv', `${'a,'.repeat(1100)}b\n${'1,'.repeat(1100)}2\n`, 413, 'at most 1000 columns'],
    ['of very many columns', 'text/csv', `${'a;'.repeat(1_000_000)}b`, 413, 'at most 1000 columns'],
  ])('%s is refused before it takes a processor for minutes', async (_, type, body, status, said) => {
    for (const path of status === 413 && type === 'text/csv' ? [CHECKS] : [CHECKS, '/v1/monitors/labelled/labels']) {
      const { json } = await refused(status, 'POST', path, { body, headers: { 'content-type': type } });
      expect(json.detail).toContain(said);
    }
  });

  it('that breaks off says where', async () => {
    const { json } = await refused(400, 'PUT', '/v1/monitors/plain', {
      body: '{"schema": ',
      headers: { 'content-type': 'application/json' },
    });
    expect(json.errors[0].pointer).toBe('#');
  });

  it('is for monitors that are there', async () => {
    await refused(404, 'POST', '/v1/monitors/nobody/checks', { body: 'a\n1', headers: csvType });
    await refused(404, 'POST', '/v1/monitors/nobody/labels', { body: 'id,label\n1,1', headers: csvType });
    const window = JSON.stringify({ from: '2026-03-06T10:00:00Z', to: '2026-03-06T12:00:00Z' });
    await refused(404, 'POST', '/v1/monitors/nobody/audits', { body: window, headers: { 'content-type': 'application/json' } });
  });
});

describe('what nobody foresaw', () => {
  it('is a problem without its reasons, which the log has', async () => {
    const { ask, logs } = lab({
      answer: async () => {
        throw new Error('the password is 4711');
      },
    });
    const { status, json, text } = await ask('GET', '/v1/monitors');
    expect([status, problemSchema.parse(json).title]).toEqual([500, 'Internal Server Error']);
    expect(text).toContain('request-1');
    expect(text).not.toContain('4711');
    expect(logs).toMatchObject([{ message: 'request failed', path: '/v1/monitors', error: { message: 'the password is 4711' } }]);
  });

  it('as an event that is none of the gateway is one too', async () => {
    const { handler, logs } = lab();
    expect(await handler({ Records: [] }, { awsRequestId: 'request-2' } as never)).toMatchObject({ statusCode: 500 });
    expect(logs).toMatchObject([{ message: 'event malformed' }]);
  });

  it('is not what is answered: each answer is a line in the log with who asked', async () => {
    const { ask, logs } = lab();
    await ask('GET', '/v1/monitors');
    expect(logs).toMatchObject([
      { message: 'request answered', method: 'GET', path: '/v1/monitors', status: 200, caller: 'arn:aws:iam::1:user/a' },
    ]);
  });

  it('is an answer too large: it is asked for compressed', async () => {
    const big = { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify('a'.repeat(6_000_000)) };
    const { ask } = lab({ answer: async () => big });
    expect((await ask('GET', '/v1/monitors')).status).toBe(406);
    expect((await ask('GET', '/v1/monitors', { headers: { 'accept-encoding': 'gzip' } })).status).toBe(200);
  });
});
