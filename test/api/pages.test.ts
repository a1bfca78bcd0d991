import { parseHTML } from 'linkedom';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Answer, followed, lab, MONITOR, withReports } from './lab.ts';

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
let made: Awaited<ReturnType<typeof withReports>>;
beforeAll(async () => {
  made = await withReports();
}, 120_000);
const see = (path: string, query: Record<string, string> = {}, accept = BROWSER): Promise<Answer> =>
  made.ask('GET', path, { query, headers: { accept }, stage: 'live' });
const linksOf = ({ text }: Answer): string[] =>
  [...parseHTML(text).document.querySelectorAll('a[href]')].map((link) =>
    (link as { getAttribute(name: string): string }).getAttribute('href'),
  );

describe('pages', () => {
  it.each(['/v1/monitors', '/v1/monitors/plain', '/v1/monitors/plain/reports'])('%s has no script, and lets none in', async (path) => {
    const { status, headers, text } = await see(path);
    expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'unsafe-inline'; img-src data:;.*frame-ancestors 'none'$/,
    );
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      vary: 'Accept, Accept-Encoding',
    });
    const { document } = parseHTML(text);
    expect(document.querySelectorAll('script, link:not([rel=icon]), iframe, form, [onclick], [src]')).toHaveLength(0);
    expect(document.querySelector('h1')!.textContent).not.toBe('');
  });

  it('have a way out for who has a session, and for nobody else', async () => {
    for (const path of ['/v1/monitors', '/v1/monitors/plain', '/v1/monitors/plain/reports']) {
      const given = { headers: { accept: BROWSER }, stage: 'live', authorizer: { principalId: 'person-1', session: 'true' } };
      expect(linksOf(await made.ask('GET', path, given))).toContain('/live/logout');
      expect((await see(path)).text).not.toContain('logout');
    }
  });

  it('lead from the monitors to a report as it was stored, under the stage of the gateway', async () => {
    let at = await see('/v1/monitors');
    for (const next of [/\/monitors\/plain$/, /\/reports$/, /\/reports\/[0-9a-f]{16}\?/]) {
      const link = linksOf(at).find((href) => next.test(href))!;
      expect(link).toMatch(/^\/live\/v1\//);
      const { path, query } = followed(link.replace('/live', ''));
      at = await see(path, query);
    }
    expect(at.text).toBe(
      [...made.store.objects].find(([key, body]) => key.endsWith('report.html') && body.toString() === at.text)?.[1].toString(),
    );
    expect(at.headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('show a mark for each report on its day, with its word', async () => {
    const { document } = parseHTML((await see('/v1/monitors/plain')).text);
    const days = [...document.querySelectorAll('.day')].map((day) => [
      day.querySelector('b')!.textContent,
      [...day.querySelectorAll('.unseen')].map((word) => word.textContent),
    ]);
    expect(days).toEqual([
      ['2026-03-06', ['Fail', 'Pass']],
      ['2026-03-05', ['Pass']],
    ]);
  });

  it('go on to what is older, by the same filter', async () => {
    const first = await see('/v1/monitors/plain/reports', { limit: '1', verdict: 'pass' });
    const { path, query } = followed(
      linksOf(first)
        .find((href) => href.includes('cursor='))!
        .replace('/live', ''),
    );
    expect(query).toMatchObject({ limit: '1', verdict: 'pass' });
    const second = parseHTML((await see(path, query)).text).document;
    expect(second.querySelectorAll('tbody tr')).toHaveLength(1);
    expect(second.querySelector('.filters [aria-current]')!.textContent).toBe('Pass');
  });

  it('escape what people and data put into them', async () => {
    const { put, ask } = lab();
    const evil = '</title><script>alert(1)</script>"onload="x';
    put('monitors/evil/monitor.json', JSON.stringify({ ...MONITOR, monitor: 'evil', endpoint: evil, input: { location: evil } }));
    put('monitors/worse/monitor.json', `{"${evil.replaceAll('"', '\\"')}": 1}`);
    const report = {
      id: '0123456789abcdef',
      kind: 'batch',
      verdict: 'fail',
      summary: evil,
      findings: [],
      subject: { from: evil, to: null, rows: 1 },
    };
    put('reports/evil/2026/03/05/04/batch-0123456789abcdef/report.json', JSON.stringify(report));
    for (const path of ['/v1/monitors', '/v1/monitors/evil', '/v1/monitors/evil/reports']) {
      const { status, text } = await ask('GET', path, { headers: { accept: BROWSER } });
      const { document } = parseHTML(text);
      expect([path, status, document.querySelectorAll('script').length, document.querySelectorAll('[onload]').length]).toEqual([
        path,
        200,
        0,
        0,
      ]);
      expect(text).toContain('&lt;script&gt;');
    }
  });

  it('say what there is to do where there is nothing yet', async () => {
    const { put, ask } = lab();
    const text = async (path: string) => (await ask('GET', path, { headers: { accept: BROWSER } })).text;
    expect(await text('/v1/monitors')).toContain('There is no monitor yet');
    put('monitors/m/monitor.json', JSON.stringify({ ...MONITOR, monitor: 'm' }));
    expect(await text('/v1/monitors')).toContain('no report yet');
    expect(await text('/v1/monitors/m')).toContain('There is no report yet');
    expect(await text('/v1/monitors/m/reports')).toContain('There is no report of this kind');
  });

  it.each([
    [undefined, false],
    ['*/*', false],
    ['application/json', false],
    ['application/json, text/html', false],
    ['text/html, application/json', true],
    ['text/html;q=0.4, application/json;q=0.5', false],
    ['text/*, application/json;q=0.5', true],
    ['TEXT/HTML', true],
    [BROWSER, true],
  ])('are for those who ask for them: %s', async (accept, page) => {
    const { headers } = await made.ask('GET', '/v1/monitors', { headers: accept === undefined ? {} : { Accept: accept } });
    expect(headers['content-type']!.startsWith('text/html')).toBe(page);
  });
});
