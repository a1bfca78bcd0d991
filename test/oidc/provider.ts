import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';
import { onTestFinished } from 'vitest';
import { type LoopbackServer, listen, receiveUpTo } from '../../local/loopback.ts';

export const CLIENT = 'assay-web';
export const SECRET = 'a secret: with +signs & more';

interface Key {
  kid: string;
  alg: string;
  privateKey: CryptoKey;
  publicKey: JWK;
}

/** An OpenID Connect provider on the loopback interface, with real keys. It knows one person, and asks nothing. */
export class FakeProvider {
  keys: Key[] = [];
  /** What the provider says of the person. */
  person: JWTPayload = { sub: 'person-1' };
  /** Who the client has to prove it is: by nothing, in a header, in the form. */
  auth: 'none' | 'client_secret_basic' | 'client_secret_post' = 'none';
  description: Record<string, unknown> = {};
  refusal: { status: number; error: string } | null = null;
  asked: string[] = [];
  private readonly codes = new Map<string, URLSearchParams>();
  private server!: LoopbackServer;

  static async start(): Promise<FakeProvider> {
    const provider = new FakeProvider();
    provider.server = await listen((request, response) => provider.answer(request, response));
    await provider.addKey('RS256');
    onTestFinished(() => provider.server.close());
    return provider;
  }

  get issuer(): string {
    return `${this.server.url}/tenant`;
  }

  async addKey(alg: string): Promise<Key> {
    const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
    const key = { kid: randomUUID(), alg, privateKey, publicKey: await exportJWK(publicKey) };
    this.keys.push(key);
    return key;
  }

  /** Signs what an ID token has, changed as told; claims given as undefined are left out. */
  async sign(changed: JWTPayload = {}, { key = this.keys.at(-1)!, header = {} }: { key?: Key; header?: Record<string, unknown> } = {}) {
    const now = Math.floor(Date.now() / 1000);
    const usual = { iss: this.issuer, aud: CLIENT, iat: now, exp: now + 3600, nonce: 'nonce', ...this.person };
    return new SignJWT({ ...usual, ...changed }).setProtectedHeader({ alg: key.alg, kid: key.kid, ...header }).sign(key.privateKey);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url!, this.issuer);
    const json = (status: number, value: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    this.asked.push(pathname);
    if (pathname === '/tenant/.well-known/openid-configuration') return json(200, this.describe());
    if (pathname === '/keys') return json(200, { keys: this.keys.map(({ kid, publicKey }) => ({ ...publicKey, kid, use: 'sig' })) });
    if (pathname === '/authorize') return void response.writeHead(302, { location: this.authorize(searchParams) }).end();
    const body = await receiveUpTo(10_000, request);
    return this.token(request, new URLSearchParams(body!.toString('utf8')), json);
  }

  private describe(): Record<string, unknown> {
    const { url } = this.server;
    const methods = this.auth === 'none' ? {} : { token_endpoint_auth_methods_supported: [this.auth] };
    const endpoints = { authorization_endpoint: `${url}/authorize?theme=dark`, token_endpoint: `${url}/token`, jwks_uri: `${url}/keys` };
    return { issuer: this.issuer, ...endpoints, ...methods, ...this.description };
  }

  private authorize(asked: URLSearchParams): string {
    const code = randomUUID();
    this.codes.set(code, asked);
    const back = new URL(asked.get('redirect_uri')!);
    for (const [name, value] of Object.entries({ code, state: asked.get('state')!, iss: this.issuer })) back.searchParams.set(name, value);
    return back.href;
  }

  private async token({ headers }: IncomingMessage, form: URLSearchParams, json: (status: number, value: unknown) => void): Promise<void> {
    if (this.refusal) return json(this.refusal.status, { error: this.refusal.error });
    const proof = { none: [form.get('client_id'), CLIENT], client_secret_post: [form.get('client_secret'), SECRET] };
    const encoded = new URLSearchParams({ [CLIENT]: SECRET }).toString().replace('=', ':');
    const basic = [headers.authorization, `Basic ${Buffer.from(encoded).toString('base64')}`];
    const [given, expected] = { ...proof, client_secret_basic: basic }[this.auth];
    if (given !== expected) return json(401, { error: 'invalid_client' });
    const login = this.codes.get(form.get('code')!);
    const challenge = createHash('sha256').update(form.get('code_verifier')!).digest('base64url');
    this.codes.delete(form.get('code')!);
    if (login?.get('redirect_uri') !== form.get('redirect_uri') || login?.get('code_challenge') !== challenge)
      return json(400, { error: 'invalid_grant' });
    const id_token = await this.sign({ nonce: login!.get('nonce')! });
    return json(200, { token_type: 'Bearer', access_token: 'opaque', id_token });
  }
}
