import { describe, expect, it } from 'vitest';
import { parseEvent } from '../../functions/api/event.ts';
import { BASE, gatewayEvent, HOST } from './gateway.ts';
import { lab } from './lab.ts';

const MONITORS = `${BASE}/v1/monitors`;
const PERSON = { accept: 'text/html', 'sec-fetch-mode': 'navigate' };
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe('a program', () => {
  it('is let in with a token, and known by its subject', async () => {
    const { provider, ask } = await lab();
    const answer = await ask('PUT', `${MONITORS}/m`, bearer(await provider.sign()));
    expect(answer.status).toBe(200);
    const { caller, request } = parseEvent(JSON.parse(answer.body));
    expect([caller, request.session]).toEqual(['person-1', undefined]);
  });

  it('is told 401 without a token, with one that does not hold, and with a signature of AWS', async () => {
    const { provider, ask, logs } = await lab({ OIDC_CLAIMS: '["groups=ml"]' });
    const [expired, unfit] = await Promise.all([provider.sign({ exp: 1 }), provider.sign()]);
    const signed = { authorization: 'AWS4-HMAC-SHA256 Credential=A/20260701/eu-central-1/execute-api/aws4_request' };
    for (const headers of [{}, bearer(expired), bearer(unfit), signed, { authorization: 'Basic YTpi' }, { ...PERSON, ...bearer(expired) }])
      expect([headers, (await ask('GET', MONITORS, headers)).status]).toEqual([headers, 401]);
    expect(logs.map(({ reason }) => reason)).toContain('it lacks the claim groups=ml');
    expect(JSON.stringify(logs)).not.toContain(expired);
  });

  it('with a token that does not hold is not let in by a cookie that would', async () => {
    const { provider, ask } = await lab();
    const cookie = `__Host-assay=${await provider.sign()}`;
    expect((await ask('GET', MONITORS, { cookie })).status).toBe(200);
    expect((await ask('GET', MONITORS, { cookie, ...bearer('none') })).status).toBe(401);
  });

  it('is told that it is not its fault where the provider cannot be reached', async () => {
    const { provider, ask, logs } = await lab();
    provider.description = { jwks_uri: 'https://127.0.0.1:1/keys' };
    expect((await ask('GET', MONITORS, bearer(await provider.sign()))).status).toBe(500);
    expect(logs.at(-1)).toMatchObject({ level: 'ERROR', message: 'authorisation failed', error: { name: 'ProviderError' } });
  });
});

describe('a person', () => {
  it('is let in with a session', async () => {
    const { provider, ask } = await lab();
    const answer = await ask('GET', MONITORS, { ...PERSON, cookie: `theme=dark; __Host-assay=${await provider.sign()}` });
    expect(parseEvent(JSON.parse(answer.body))).toMatchObject({ caller: 'person-1', request: { session: true, base: '/live' } });
  });

  it.each([
    ['/v1/monitors', '../login?to=%2Fv1%2Fmonitors', '/login'],
    ['/v1/monitors/', '../../login?to=%2Fv1%2Fmonitors', '/login'],
    [
      '/v1/monitors/m/reports?verdict=fail&limit=5',
      '../../../login?to=%2Fv1%2Fmonitors%2Fm%2Freports%3Fverdict%3Dfail%26limit%3D5',
      '/login',
    ],
  ])('without one is led to the login, and what was asked for with it: %s', async (path, location, login) => {
    const { ask } = await lab();
    const answer = await ask('GET', BASE + path, PERSON);
    expect([answer.status, answer.headers.location]).toEqual([302, location]);
    expect(new URL(location, BASE + path).pathname).toBe(`/live${login}`);
  });

  it('finds the login also below a name of a domain of ones own', async () => {
    const { behind } = await lab();
    const event = { ...gatewayEvent('GET', MONITORS, PERSON), path: '/quality/v1/monitors' };
    expect(await behind.authorizer(event)).toMatchObject({ context: { login: '../login?to=%2Fv1%2Fmonitors' } });
  });

  it('whose session is over or was changed is led there too', async () => {
    const { provider, ask } = await lab();
    const token = await provider.sign();
    for (const value of [await provider.sign({ exp: 1 }), `${token.slice(0, -9)}AAAAAAAAA`, 'x', ''])
      expect((await ask('GET', MONITORS, { ...PERSON, cookie: `__Host-assay=${value}` })).status).toBe(302);
  });

  it('is not meant where a page or a program fetches', async () => {
    const { ask } = await lab();
    const fetched: Record<string, string>[] = [
      { accept: '*/*' },
      { accept: 'application/json' },
      { ...PERSON, 'sec-fetch-mode': 'cors' },
      {},
    ];
    for (const headers of fetched) expect((await ask('GET', MONITORS, headers)).status).toBe(401);
    expect((await ask('POST', `${MONITORS}/m/checks`, PERSON)).status).toBe(401);
  });
});

describe('a cookie', () => {
  const own = `https://${HOST}`;

  it.each([
    [{ 'sec-fetch-site': 'same-origin' }, 200],
    [{ origin: own }, 200],
    [{ origin: own, 'sec-fetch-site': 'same-origin' }, 200],
    [{}, 401],
    [{ 'sec-fetch-site': 'cross-site' }, 401],
    [{ 'sec-fetch-site': 'same-site' }, 401],
    [{ 'sec-fetch-site': 'none' }, 401],
    [{ origin: 'https://evil.example' }, 401],
    [{ origin: 'null' }, 401],
    [{ origin: `http://${HOST}` }, 401],
    [{ origin: `${own}.evil.example` }, 401],
    [{ origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }, 401],
    [{ origin: own, 'sec-fetch-site': 'cross-site' }, 401],
  ])('changes something only from a page of the same origin: %o', async (headers, status) => {
    const { provider, ask } = await lab();
    const cookie = `__Host-assay=${await provider.sign()}`;
    for (const method of ['PUT', 'POST']) expect((await ask(method, `${MONITORS}/m`, { cookie, ...headers })).status).toBe(status);
    expect((await ask('GET', MONITORS, { cookie, ...headers })).status).toBe(200);
  });

  it('within the value of another is none', async () => {
    const { provider, ask } = await lab();
    expect((await ask('GET', MONITORS, { cookie: `a=1,__Host-assay=${await provider.sign()}` })).status).toBe(401);
  });
});

it('what is no question of API Gateway is none', async () => {
  const { behind } = await lab();
  for (const event of [null, {}, { ...gatewayEvent('GET', MONITORS), type: 'TOKEN' }])
    await expect(behind.authorizer(event)).rejects.toThrow('authorizer event is malformed');
});
