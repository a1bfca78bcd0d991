import { describe, expect, it, vi } from 'vitest';
import { BASE, browser } from './gateway.ts';
import { lab } from './lab.ts';

const REPORTS = `${BASE}/v1/monitors/m/reports?verdict=fail`;

describe('the login', () => {
  it.each(['none', 'client_secret_basic', 'client_secret_post'] as const)(
    'leads a person to the provider and back to what was asked for (%s)',
    async (auth) => {
      const { provider, ask, logs } = await lab({ OIDC_SCOPES: '["email","openid"]' });
      provider.auth = auth;
      const { open, jar, visited } = browser(ask);
      expect((await open(REPORTS)).status).toBe(200);
      expect(visited.map((address) => new URL(address).pathname)).toEqual([
        ...['/live/v1/monitors/m/reports', '/live/login', '/authorize', '/live/callback', '/live/v1/monitors/m/reports'],
      ]);
      expect(visited.at(-1)).toBe(REPORTS);
      const asked = Object.fromEntries(new URL(visited[2]!).searchParams);
      expect(asked).toMatchObject({ theme: 'dark', response_type: 'code', scope: 'openid email', code_challenge_method: 'S256' });
      expect(asked.redirect_uri).toBe(`${BASE}/callback`);
      expect([...jar.keys()]).toEqual(['__Host-assay']);
      expect(JSON.stringify(logs)).not.toContain(jar.get('__Host-assay'));
    },
  );

  it('has a state, a nonce and a verifier of its own each time', async () => {
    const { ask } = await lab();
    const values = await Promise.all(
      [1, 2].map(async () => {
        const { searchParams } = new URL((await ask('GET', `${BASE}/login`)).headers.location!);
        return ['state', 'nonce', 'code_challenge'].map((name) => searchParams.get(name)!);
      }),
    );
    expect(new Set(values.flat()).size).toBe(6);
    for (const value of values.flat()) expect(value.length).toBeGreaterThanOrEqual(43);
  });

  it('ends the session with its token, and after twelve hours at most', async () => {
    const { provider, ask } = await lab();
    const ages = [];
    for (const seconds of [900, 7 * 24 * 3600]) {
      provider.person = { sub: 'person-1', exp: Math.floor(Date.now() / 1000) + seconds };
      const { back, cookie } = await begun(ask);
      ages.push(Number(/Max-Age=(\d+)/.exec((await ask('GET', back, { cookie })).cookies[0]!)![1]));
    }
    expect(ages[0]).toBeGreaterThan(880);
    expect(ages[0]).toBeLessThanOrEqual(900);
    expect(ages[1]).toBe(12 * 3600);
  });

  it.each([
    'https://evil.example/',
    '//evil.example/v1/monitors',
    '/\\evil.example',
    '/v1/../../evil',
    '/v1/monitors//evil.example',
    '/v1/monitors#@evil.example',
    '/v1@evil.example',
    'javascript:alert(1)',
    '/v1/monitors\r\nset-cookie: a=b',
    `/v1/${'m'.repeat(2000)}`,
  ])('leads nowhere but to addresses of the API: %j', async (to) => {
    const { ask } = await lab();
    const { open, visited } = browser(ask);
    await open(`${BASE}/login?${new URLSearchParams({ to })}`);
    expect(visited.at(-1)).toBe(`${BASE}/v1/monitors`);
    // Nor where the cookie says so, which is as tampered as whoever owns the browser likes.
    const { back, pending } = await begun(ask);
    const changed = Buffer.from(JSON.stringify({ ...pending, to })).toString('base64url');
    expect((await ask('GET', back, { cookie: `__Host-assay-login=${changed}` })).headers.location).toBe('./v1/monitors');
  });
});

type Ask = Awaited<ReturnType<typeof lab>>['ask'];

/** A login up to where the provider sends the person back. */
async function begun(ask: Ask) {
  const first = await ask('GET', `${BASE}/login`);
  const away = await fetch(first.headers.location!, { redirect: 'manual' });
  const cookie = first.cookies[0]!.split(';')[0]!;
  const pending = JSON.parse(Buffer.from(cookie.split('=')[1]!, 'base64url').toString('utf8'));
  return { back: away.headers.get('location')!, cookie, pending };
}

const withQuery = (address: string, changed: Record<string, string | null>): string => {
  const url = new URL(address);
  for (const [name, value] of Object.entries(changed)) value === null ? url.searchParams.delete(name) : url.searchParams.set(name, value);
  return url.href;
};
const isRefused = (answer: Awaited<ReturnType<Ask>>): void => {
  expect(answer.cookies.filter((line) => line.startsWith('__Host-assay='))).toEqual([]);
  expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  expect(answer.headers['cache-control']).toBe('no-store');
};

describe('a callback', () => {
  it.each<[string, Record<string, string | null>]>([
    ['of another state', { state: 'other' }],
    ['without a state', { state: null }],
    ['from another issuer', { iss: 'https://evil.example' }],
  ])('%s opens no session, and no code is spent', async (_, changed) => {
    const { provider, ask } = await lab();
    const { back, cookie } = await begun(ask);
    const answer = await ask('GET', withQuery(back, changed), { cookie });
    expect(answer.status).toBe(400);
    isRefused(answer);
    expect(provider.asked).not.toContain('/token');
    expect((await ask('GET', back, { cookie })).status).toBe(302);
  });

  it('in another browser than the one that began it opens no session', async () => {
    const { ask } = await lab();
    const [mine, theirs] = [await begun(ask), await begun(ask)];
    for (const cookie of ['', theirs.cookie, '__Host-assay-login=e30', '__Host-assay-login=%%']) {
      const answer = await ask('GET', mine.back, { ...(cookie && { cookie }) });
      expect([cookie, answer.status]).toEqual([cookie, 400]);
      isRefused(answer);
    }
  });

  it('with a cookie whose nonce or verifier was changed opens no session', async () => {
    const { ask, logs } = await lab();
    for (const [name, reason] of [
      ['nonce', 'its nonce is not that of this login'],
      ['verifier', 'the provider does not take the code'],
    ] as const) {
      const { back, pending } = await begun(ask);
      const changed = Buffer.from(JSON.stringify({ ...pending, [name]: 'A'.repeat(43) })).toString('base64url');
      const answer = await ask('GET', back, { cookie: `__Host-assay-login=${changed}` });
      expect([answer.status, logs.at(-1)!.reason]).toEqual([403, reason]);
      isRefused(answer);
    }
  });

  it('counts once', async () => {
    const { ask } = await lab();
    const { back, cookie } = await begun(ask);
    expect([(await ask('GET', back, { cookie })).status, (await ask('GET', back, { cookie })).status]).toEqual([302, 403]);
  });

  it('of somebody whose token lacks a claim leads to no session, and not in a circle', async () => {
    const { provider, ask } = await lab({ OIDC_CLAIMS: '["groups=ml"]' });
    const { open, jar } = browser(ask);
    expect((await open(REPORTS)).status).toBe(403);
    expect(jar.size).toBe(0);
    provider.person = { sub: 'person-1', groups: ['ml'] };
    expect((await open(REPORTS)).status).toBe(200);
  });

  it('with an error of the provider says so, and repeats nothing of it', async () => {
    const { ask } = await lab();
    const { back, cookie } = await begun(ask);
    const answer = await ask('GET', withQuery(back, { code: null, error: 'access_denied', error_description: '<b>x' }), { cookie });
    expect([answer.status, answer.body.includes('<b>x'), answer.body.includes('access_denied')]).toEqual([403, false, false]);
    isRefused(answer);
  });

  it('with a token too large for a cookie says so', async () => {
    const { provider, ask } = await lab();
    provider.person = { sub: 'person-1', groups: Array.from({ length: 400 }, (_, i) => `group-${i}`) };
    const { back, cookie } = await begun(ask);
    const answer = await ask('GET', back, { cookie });
    expect([answer.status, answer.body]).toEqual([403, expect.stringContaining('too large for a cookie')]);
    isRefused(answer);
  });

  it.each([
    ['a client the provider does not know', { status: 401, error: 'invalid_client' }],
    ['a provider that is down', { status: 503, error: 'temporarily_unavailable' }],
  ])('of %s is our own failure, and is logged', async (_, refusal) => {
    const { provider, ask, logs } = await lab();
    const { back, cookie } = await begun(ask);
    provider.refusal = refusal;
    const answer = await ask('GET', back, { cookie });
    expect([answer.status, logs.at(-1)]).toEqual([500, expect.objectContaining({ level: 'ERROR', message: 'login failed' })]);
    expect(JSON.stringify(logs.at(-1))).toContain(refusal.error);
    isRefused(answer);
  });
});

describe('the logout', () => {
  it('ends the session in this browser', async () => {
    const { ask } = await lab();
    const { open, jar, visited } = browser(ask);
    await open(REPORTS);
    expect((await open(`${BASE}/logout`, { 'sec-fetch-site': 'same-origin' })).body).toContain('Signed out');
    expect(jar.size).toBe(0);
    await open(REPORTS);
    expect(visited.filter((address) => address.includes('/authorize'))).toHaveLength(2);
  });

  it('is asked about where another site leads there', async () => {
    const { ask } = await lab();
    for (const site of ['cross-site', 'same-site']) {
      const answer = await ask('GET', `${BASE}/logout`, { 'sec-fetch-site': site });
      expect([answer.cookies, answer.body]).toEqual([[], expect.stringContaining('<a href="logout">')]);
    }
  });
});

describe("the client's secret", () => {
  it('is read once in a while, and not at all where there is none', async () => {
    const send = vi.fn(async () => ({ SecretString: `secret ${send.mock.calls.length}` }));
    vi.doMock('@aws-sdk/client-secrets-manager', () => ({
      GetSecretValueCommand: class {
        constructor(readonly input: unknown) {}
      },
      SecretsManagerClient: class {
        send = send;
        destroy() {}
      },
    }));
    const { secretReader } = await import('../../functions/login/client-secret.ts');
    let now = 0;
    const read = secretReader('arn:secret', () => now);
    expect([await read(), await read()]).toEqual(['secret 1', 'secret 1']);
    now = 300_000;
    expect([await read(), send.mock.calls.length]).toEqual(['secret 2', 2]);
    expect(send.mock.calls[0]).toEqual([{ input: { SecretId: 'arn:secret' } }]);
    expect([await secretReader(undefined, () => now)(), send.mock.calls.length]).toEqual([null, 2]);
  });
});
