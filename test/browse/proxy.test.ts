import { request } from 'node:http';
import { SignatureV4 } from '@smithy/signature-v4';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startBrowseProxy } from '../../bin/browse/proxy.ts';
import { createSigner } from '../../bin/browse/signer.ts';
import { type Asked, upstream } from './upstream.ts';

const KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', sessionToken: 'token' };

/** The proxy before a server that answers as told. */
async function browsing(answer: Parameters<typeof upstream>[0] = (_, response) => void response.end('page')) {
  vi.stubEnv('AWS_ACCESS_KEY_ID', KEYS.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', KEYS.secretAccessKey);
  vi.stubEnv('AWS_SESSION_TOKEN', KEYS.sessionToken);
  onTestFinished(() => void vi.unstubAllEnvs());
  const { url, asked } = await upstream(answer);
  const logs: string[] = [];
  const proxy = await startBrowseProxy({
    target: new URL(`${url}/live/`),
    sign: await createSigner('eu-central-1'),
    log: (line) => logs.push(line),
  });
  onTestFinished(() => proxy.close());
  return {
    proxy,
    url,
    asked,
    logs,
    get: (path: string, init: RequestInit = {}) => fetch(proxy.url + path, { redirect: 'manual', ...init }),
  };
}

/** The signature that a verifier would compute of what came, with the key it knows. */
async function expectedSignature({ method, url, headers }: Asked): Promise<string> {
  const { createHash, createHmac } = await import('node:crypto');
  class Sha256 {
    private readonly hash;
    constructor(secret?: string | Uint8Array | ArrayBuffer) {
      this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as Uint8Array);
    }
    update(data: Uint8Array): void {
      this.hash.update(data);
    }
    async digest(): Promise<Uint8Array> {
      return this.hash.digest();
    }
    reset(): void {}
  }
  const signer = new SignatureV4({ credentials: KEYS, region: 'eu-central-1', service: 'execute-api', sha256: Sha256 as never });
  const { pathname, searchParams } = new URL(url, 'http://x');
  const at = String(headers['x-amz-date']).replace(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/, '$1-$2-$3T$4:$5:$6Z');
  const query = Object.fromEntries([...searchParams.keys()].map((name) => [name, searchParams.getAll(name)]));
  const plain = { method, protocol: 'http:', hostname: 'x', path: pathname, query, headers: { host: headers.host! } };
  return (await signer.sign(plain, { signingDate: new Date(at) })).headers.authorization!;
}

describe('a page asked for through the proxy', () => {
  it('is to be opened without it where the API has a login of its own', async () => {
    const { get, url } = await browsing((_, response) => void response.writeHead(401, { 'www-authenticate': 'Bearer' }).end('{}'));
    const page = await get('/live/v1/monitors?limit=1');
    expect([page.status, await page.text()]).toEqual([
      401,
      `This API asks for a login, not for signatures: open ${url}/live/v1/monitors?limit=1 itself.\n`,
    ]);
  });

  it('is asked for at the same address, signed for API Gateway', async () => {
    const { get, asked, url } = await browsing();
    const path = '/live/v1/monitors/m/metrics?metric=mean&column=a+b%2Fc*&from=2026-07-01';
    expect(await (await get(path, { headers: { accept: 'text/html', 'if-none-match': '"x"', cookie: 'a=b' } })).text()).toBe('page');
    const [one] = asked;
    expect({ method: one!.method, url: one!.url }).toEqual({ method: 'GET', url: path.replace('a+b', 'a%20b').replace('*', '%2A') });
    expect(one!.headers).toMatchObject({
      host: new URL(url).host,
      accept: 'text/html',
      'if-none-match': '"x"',
      'x-amz-security-token': 'token',
    });
    expect(one!.headers.cookie).toBeUndefined();
    expect(one!.headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/execute-api\/aws4_request, /,
    );
    expect(one!.headers.authorization).toBe(await expectedSignature(one!));
  });

  it('comes back with its policy and tag, and nothing that would set something', async () => {
    const headers = { 'content-type': 'text/html', 'content-security-policy': "default-src 'none'", etag: '"t"', 'set-cookie': 'a=b' };
    const { get } = await browsing((_, response) => void response.writeHead(200, headers).end('<p>'));
    const answer = await get('/live/v1/monitors');
    expect(Object.fromEntries(answer.headers)).toMatchObject({ 'content-security-policy': "default-src 'none'", etag: '"t"' });
    expect(answer.headers.has('set-cookie')).toBe(false);
  });

  it('may be unchanged, and may be elsewhere', async () => {
    const { get } = await browsing((asked, response) => {
      if (asked.url!.endsWith('/same')) response.writeHead(304, { etag: '"t"' }).end();
      else response.writeHead(303, { location: 'https://bucket.s3.amazonaws.com/report?X-Amz-Signature=1' }).end();
    });
    expect((await get('/live/v1/same')).status).toBe(304);
    expect((await get('/live/v1/large')).headers.get('location')).toBe('https://bucket.s3.amazonaws.com/report?X-Amz-Signature=1');
  });

  it('begins with the list of monitors', async () => {
    const { get, proxy } = await browsing();
    expect((await get('/')).headers.get('location')).toBe('/live/v1/monitors');
    expect(proxy.page).toBe(`${proxy.url}/live/v1/monitors`);
  });
});

describe('the proxy signs nothing', () => {
  it.each<[string, string, RequestInit, number]>([
    ['that would change something', '/live/v1/monitors/m', { method: 'PUT', body: '{}' }, 405],
    ['outside the API', '/other/v1/monitors', {}, 404],
    ['that leads out of it', '/live/%2e%2e/other', {}, 404],
    ['for a page of another site', '/live/v1/monitors', { headers: { origin: 'http://evil.example' } }, 403],
    ['for a page of another port', '/live/v1/monitors', { headers: { 'sec-fetch-site': 'same-site' } }, 403],
  ])('%s', async (_, path, init, status) => {
    const { get, asked } = await browsing();
    expect((await get(path, init)).status).toBe(status);
    expect(asked).toEqual([]);
  });

  it('for a name that resolves to us, or another address in the request line', async () => {
    const { proxy, asked, url } = await browsing();
    const raw = (path: string, headers = {}): Promise<number> =>
      new Promise((resolve) => {
        const { hostname, port } = new URL(proxy.url);
        request({ hostname, port, path, headers }, (response) => {
          response.resume();
          resolve(response.statusCode!);
        }).end();
      });
    expect(await raw('/live/v1/monitors', { host: 'evil.example' })).toBe(403);
    expect(await raw('//evil.example/live/v1/monitors')).toBe(404);
    expect(await raw(`${url.replace('127.0.0.1', 'evil.example')}/live/v1/monitors`)).toBe(404);
    expect(asked).toEqual([]);
  });
});

it('says what API Gateway refused, and that nobody is there', async () => {
  const { get, logs } = await browsing((_, response) => void response.writeHead(403).end('{"message":"Missing Authentication Token"}'));
  expect((await get('/live/v1/monitors')).status).toBe(403);
  expect(logs).toEqual(['GET /live/v1/monitors: refused: {"message":"Missing Authentication Token"}']);
  const gone = await startBrowseProxy({ target: new URL('http://127.0.0.1:1/'), sign: await createSigner('eu-central-1'), log: () => {} });
  onTestFinished(() => gone.close());
  const answer = await fetch(`${gone.url}/v1/monitors`);
  expect([answer.status, await answer.text()]).toEqual([502, expect.stringContaining('The API cannot be reached: ')]);
});
