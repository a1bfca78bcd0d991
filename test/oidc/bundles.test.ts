import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { builtFunction } from '../../local/built-function.ts';
import { LocalFunction } from '../../local/function.ts';
import { BASE, browser, gateway, gatewayEvent } from './gateway.ts';
import { CLIENT, FakeProvider } from './provider.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

function started(name: string, environment: Record<string, string>): LocalFunction {
  const made = new LocalFunction({
    ...builtFunction(name, { root, environment }),
    layers: [],
    fallbackModules: undefined,
    timeoutSeconds: 15,
  });
  onTestFinished(() => made.close());
  return made;
}

describe('the functions as they are deployed, without layers', () => {
  it('let in a program with a token, and a person after a login', async () => {
    const provider = await FakeProvider.start();
    const environment = { OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: CLIENT };
    const [authorizer, login] = [started('authorizer', environment), started('login', environment)];
    const api = async () => ({ statusCode: 200, headers: {}, body: 'page' });
    const ask = gateway({ authorizer: (event) => authorizer.invoke(event), login: (event) => login.invoke(event), api });
    expect((await ask('GET', `${BASE}/v1/monitors`, { authorization: `Bearer ${await provider.sign()}` })).status).toBe(200);
    expect((await ask('GET', `${BASE}/v1/monitors`)).status).toBe(401);
    const { open, visited } = browser(ask);
    expect([(await open(`${BASE}/v1/monitors`)).status, visited.length]).toEqual([200, 5]);
  });

  it.each(['authorizer', 'login'])('name what is wrong in their environment: %s', async (name) => {
    const made = started(name, { OIDC_ISSUER: 'http://login.example.com', OIDC_CLAIMS: 'groups' });
    const failure = await made.invoke(gatewayEvent('GET', `${BASE}/login`)).catch((error: Error) => error.message);
    expect(failure).toMatch(
      new RegExp(`^${name} environment is wrong: OIDC_ISSUER: expected .*; OIDC_CLIENT_ID: .*; OIDC_CLAIMS: expected a list`),
    );
  });
});
