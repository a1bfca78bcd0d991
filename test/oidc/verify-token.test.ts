import { createHmac } from 'node:crypto';
import { exportSPKI, importJWK } from 'jose';
import { describe, expect, it } from 'vitest';
import { readOidcEnvironment } from '../../functions/oidc/environment.ts';
import { ProviderError, providerFinder } from '../../functions/oidc/provider.ts';
import { TokenError, tokenVerifier } from '../../functions/oidc/verify-token.ts';
import { CLIENT, FakeProvider } from './provider.ts';

async function lab(more: Record<string, string> = {}, cooldown?: number) {
  const provider = await FakeProvider.start();
  const settings = readOidcEnvironment({ OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: CLIENT, ...more }, 'test');
  return { provider, verify: tokenVerifier(settings, providerFinder(settings.issuer), cooldown) };
}

const NOW = Math.floor(Date.now() / 1000);
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a token', () => {
  it.each(['RS256', 'PS256', 'ES256', 'EdDSA'])('that holds is about its subject (%s)', async (alg) => {
    const { provider, verify } = await lab();
    const key = await provider.addKey(alg);
    for (const kind of ['bearer', 'session'] as const)
      expect(await verify(await provider.sign({ exp: NOW + 600 }, { key }), kind)).toEqual({ subject: 'person-1', expires: NOW + 600 });
  });

  it.each([
    ['expired', { exp: NOW - 60 }, /"exp"/],
    ['without an end', { exp: undefined }, /"exp"/],
    ['not valid yet', { nbf: NOW + 600 }, /"nbf"/],
    ['of another issuer', { iss: 'https://evil.example' }, /"iss"/],
    ['for another audience', { aud: 'other' }, /audience/],
    ['for nobody', { aud: undefined }, /audience/],
    ['about nobody', { sub: undefined }, /"sub"/],
  ])('%s is refused', async (_, changed, reason) => {
    const { provider, verify } = await lab();
    for (const kind of ['bearer', 'session'] as const) {
      const failure = await verify(await provider.sign(changed), kind).catch((error) => error);
      expect([failure.name, failure.message]).toEqual(['TokenError', expect.stringMatching(reason)]);
    }
  });

  it('without a signature, or signed with the public key as a shared secret, is refused', async () => {
    const { provider, verify } = await lab();
    const [, claims, signature] = (await provider.sign()).split('.');
    const [{ kid, publicKey }] = provider.keys as [(typeof provider.keys)[0]];
    const head = part({ alg: 'HS256', kid });
    const pem = await exportSPKI((await importJWK(publicKey, 'RS256')) as never);
    const forged = `${head}.${claims}.${createHmac('sha256', pem).update(`${head}.${claims}`).digest('base64url')}`;
    for (const token of [`${part({ alg: 'none' })}.${claims}.`, `${part({ alg: 'none', kid })}.${claims}.${signature}`, forged])
      await expect(verify(token, 'bearer')).rejects.toMatchObject({
        name: 'TokenError',
        message: expect.stringContaining('value not allowed'),
      });
  });

  it('that was changed, or is none, is refused', async () => {
    const { provider, verify } = await lab();
    const [head, claims, signature] = (await provider.sign()).split('.');
    const other = part({ ...JSON.parse(Buffer.from(claims!, 'base64url').toString()), sub: 'somebody else' });
    for (const token of [`${head}.${other}.${signature}`, `${head}.${claims}.${'A'.repeat(342)}`, '', 'a.b.c', `${head}.${claims}`])
      await expect(verify(token, 'session')).rejects.toThrow(TokenError);
  });

  it('of another kind, signed with the same keys, is refused', async () => {
    const { provider, verify } = await lab();
    await expect(verify(await provider.sign({}, { header: { typ: 'logout+jwt' } }), 'bearer')).rejects.toThrow('no ID token');
    await expect(verify(await provider.sign({}, { header: { typ: 'at+JWT' } }), 'bearer')).resolves.toBeDefined();
  });

  it('is a session only as an ID token of this client, twelve hours at most', async () => {
    const { provider, verify } = await lab({ OIDC_AUDIENCES: '["api://assay"]' });
    const bad = [
      { aud: 'api://assay' },
      { nonce: undefined },
      { azp: 'other' },
      { iat: NOW - 13 * 3600 },
      { aud: undefined, client_id: CLIENT },
    ];
    for (const changed of bad) {
      const token = await provider.sign(changed);
      await expect(verify(token, 'session'), JSON.stringify(changed)).rejects.toThrow(TokenError);
      await expect(verify(token, 'bearer'), JSON.stringify(changed)).resolves.toBeDefined();
    }
    await expect(verify(await provider.sign(), 'session', 'another')).rejects.toThrow('nonce');
    await expect(verify(await provider.sign(), 'session', 'nonce')).resolves.toBeDefined();
  });

  it('has every claim that is asked for', async () => {
    const { provider, verify } = await lab({ OIDC_CLAIMS: '["groups=ml","email_verified=true","scope=read"]' });
    const holds = { groups: ['all', 'ml'], email_verified: true, scope: 'write read' };
    await expect(verify(await provider.sign(holds), 'bearer')).resolves.toBeDefined();
    for (const changed of [
      { groups: ['mlx'] },
      { groups: 'all ml' },
      { groups: undefined },
      { email_verified: false },
      { scope: 'reader' },
    ])
      await expect(verify(await provider.sign({ ...holds, ...changed }), 'bearer'), JSON.stringify(changed)).rejects.toThrow(
        'lacks the claim',
      );
  });
});

describe('keys', () => {
  it('that are new are asked for, and those that are gone sign nothing', async () => {
    const { provider, verify } = await lab({}, 0);
    const old = await provider.sign();
    await verify(old, 'bearer');
    provider.keys = [];
    await provider.addKey('ES256');
    await expect(verify(await provider.sign(), 'bearer')).resolves.toBeDefined();
    await expect(verify(old, 'bearer')).rejects.toThrow(TokenError);
  });

  it('that nobody knows are asked for once, however many name them', async () => {
    const { provider, verify } = await lab();
    await verify(await provider.sign(), 'bearer');
    const stranger = { ...provider.keys[0]!, kid: 'unknown' };
    for (let i = 0; i < 3; i++) await expect(verify(await provider.sign({}, { key: stranger }), 'bearer')).rejects.toThrow(TokenError);
    expect(provider.asked).toEqual(['/tenant/.well-known/openid-configuration', '/keys']);
  });
});

describe('a provider', () => {
  it.each([
    ['of another issuer', { issuer: 'https://evil.example' }, 'https://evil.example'],
    ['with endpoints in the clear', { jwks_uri: 'http://evil.example/keys' }, 'jwks_uri'],
    ['without a token endpoint', { token_endpoint: undefined }, 'token_endpoint'],
  ])('%s is none, and no fault of the token', async (_, description, reason) => {
    const { provider, verify } = await lab();
    provider.description = description;
    const failure = await verify(await provider.sign(), 'bearer').catch((error) => error);
    expect([failure.name, failure.message]).toEqual(['ProviderError', expect.stringContaining(reason)]);
    provider.description = {};
    await expect(verify(await provider.sign(), 'bearer')).resolves.toBeDefined();
  });

  it('whose keys cannot be had lets nobody in, and is no fault of the token', async () => {
    const { provider, verify } = await lab();
    provider.description = { jwks_uri: 'https://127.0.0.1:1/keys' };
    await expect(verify(await provider.sign(), 'bearer')).rejects.toThrow(ProviderError);
  });
});
