import type { APIGatewayProxyResult } from 'aws-lambda';
import { LOGIN_PATHS } from '../../layers/quality/contract/oidc.ts';

type Invoke = (event: unknown) => Promise<unknown>;

export interface Behind {
  authorizer: Invoke;
  login: Invoke;
  api: Invoke;
}

export interface GatewayAnswer {
  status: number;
  headers: Record<string, string>;
  cookies: string[];
  body: string;
}

export const HOST = 'a1b2c3.execute-api.eu-central-1.amazonaws.com';
export const BASE = `https://${HOST}/live`;
const ARN = 'arn:aws:execute-api:eu-central-1:111122223333:a1b2c3/live';

/** A request as API Gateway describes it: to the function behind a route, and before that to the authorizer. */
export function gatewayEvent(method: string, address: string, headers: Record<string, string> = {}) {
  const { pathname, searchParams, hostname } = new URL(address);
  const path = pathname.replace(/^\/live/, '');
  const query = Object.fromEntries([...searchParams.keys()].map((name) => [name, searchParams.getAll(name)]));
  return {
    type: 'REQUEST',
    methodArn: `${ARN}/${method}${path}`,
    ...{ httpMethod: method, path, resource: path.replace(/\/$/, '').replace(/^(\/v1\/monitors\/)[^/]+/, '$1{monitor}') },
    ...{ headers, multiValueHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])) },
    ...{ queryStringParameters: null, multiValueQueryStringParameters: searchParams.size === 0 ? null : query },
    requestContext: { path: pathname, domainName: hostname, stage: 'live', requestId: 'gateway-1', identity: { userArn: null } },
    ...{ body: null, isBase64Encoded: false },
  };
}

/** API Gateway with the functions, as `lib/api` wires them: the login open, the rest behind the authorizer. */
export const gateway =
  ({ authorizer, login, api }: Behind) =>
  async (method: string, address: string, headers: Record<string, string> = {}): Promise<GatewayAnswer> => {
    const event = gatewayEvent(method, address, headers);
    if (Object.values(LOGIN_PATHS).includes(event.path as never)) return toAnswer(await login(event));
    let decision: {
      policyDocument: { Statement: { Effect: string; Resource: string }[] };
      principalId: string;
      context: { login: string };
    };
    try {
      decision = (await authorizer(event)) as typeof decision;
    } catch (error) {
      return { status: (error as Error).message === 'Unauthorized' ? 401 : 500, headers: {}, cookies: [], body: '' };
    }
    const [{ Effect, Resource }] = decision.policyDocument.Statement as [{ Effect: string; Resource: string }];
    if (Resource !== event.methodArn) throw new Error(`the policy is about ${Resource}`);
    if (Effect !== 'Allow') return { status: 302, headers: { location: decision.context.login }, cookies: [], body: '' };
    const told = { ...event.requestContext, authorizer: { principalId: decision.principalId, ...decision.context } };
    return toAnswer(await api({ ...event, requestContext: told }));
  };

function toAnswer(result: unknown): GatewayAnswer {
  const { statusCode, headers, multiValueHeaders, body } = result as APIGatewayProxyResult;
  const cookies = (multiValueHeaders?.['set-cookie'] ?? []) as string[];
  return { status: statusCode, headers: headers as Record<string, string>, cookies, body };
}

const PAGE = { accept: 'text/html,application/xhtml+xml;q=0.9', 'sec-fetch-mode': 'navigate' };

/** A browser with its cookies: goes to an address and wherever that leads, at the API or at the provider. */
export function browser(ask: ReturnType<typeof gateway>) {
  const jar = new Map<string, string>();
  const visited: string[] = [];
  const open = async (address: string, headers: Record<string, string> = {}): Promise<GatewayAnswer> => {
    visited.push(address);
    if (visited.length > 20) throw new Error(`it leads on and on: ${visited.join(' ')}`);
    if (!address.startsWith(`${BASE}/`)) {
      const away = await fetch(address, { redirect: 'manual' });
      return open(away.headers.get('location')!);
    }
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await ask('GET', address, { ...PAGE, ...(cookie && { cookie }), ...headers });
    for (const line of answer.cookies) keep(line);
    return answer.status === 302 ? open(new URL(answer.headers.location!, address).href) : answer;
  };
  const keep = (line: string): void => {
    const [, name, value, seconds] = /^(__Host-[\w-]+)=([^;]*); Max-Age=(\d+); Path=\/; HttpOnly; Secure; SameSite=Lax$/.exec(line)!;
    if (seconds === '0') jar.delete(name!);
    else jar.set(name!, value!);
  };
  return { open, jar, visited };
}
