import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { openApi } from '../../layers/quality/api/index.ts';
import { API_ROUTES } from '../../layers/quality/contract/api-routes.ts';
import { lab } from './lab.ts';

// biome-ignore lint/suspicious/noExplicitAny: an OpenAPI document is a tree of many shapes.
const made = openApi({ base: '/live', version: '1.2.3' }) as any;
// biome-ignore lint/suspicious/noExplicitAny: the same.
const operations: [string, any][] = Object.entries<Record<string, unknown>>(made.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as [string, unknown]),
);

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(JSON.parse(JSON.stringify(made)));
    expect([valid, errors]).toEqual([true, undefined]);
    expect(made).toMatchObject({ openapi: '3.1.0', info: { version: '1.2.3' }, servers: [{ url: '/live' }] });
  });

  it('says how requests are let in: by a signature, or by a token of the provider that is configured', async () => {
    expect(made).toMatchObject({ security: [{ iam: [] }], components: { securitySchemes: { iam: { name: 'Authorization' } } } });
    const issuer = 'https://login.example.com/tenant/';
    const { json } = await lab({ issuer }).ask('GET', '/v1/openapi.json');
    expect((await new Validator().validate(structuredClone(json))).valid).toBe(true);
    expect(json.security).toEqual([{ token: [] }, { session: [] }]);
    expect(json.components.securitySchemes).toMatchObject({
      token: { type: 'openIdConnect', openIdConnectUrl: 'https://login.example.com/tenant/.well-known/openid-configuration' },
      session: { type: 'apiKey', in: 'cookie', name: '__Host-assay' },
    });
    expect(Object.keys(json.components.securitySchemes)).toHaveLength(2);
  });

  it('has every route, each with its parameters, answers and what is said of errors', () => {
    expect(operations.map(([route]) => route).sort()).toEqual(API_ROUTES.map(({ method, path }) => `${method} ${path}`).sort());
    expect(new Set(operations.map(([, { operationId }]) => operationId)).size).toBe(operations.length);
    for (const [route, { summary, parameters = [], responses }] of operations) {
      const named = [...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
      const inPath = parameters.filter((parameter: { in: string }) => parameter.in === 'path');
      expect(inPath.map(({ name }: { name: string }) => name)).toEqual(named);
      expect(summary).toMatch(/\.$/);
      expect(responses.default.content['application/problem+json'].schema).toEqual({ $ref: '#/components/schemas/Problem' });
    }
  });

  it('says no more than docs/api.md, and no less', () => {
    const page = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8');
    const rows = [...page.matchAll(/^\| `((?:GET|PUT|POST) [^`]+)` \|/gm)].map(([, route]) => route!);
    expect(rows.sort()).toEqual(API_ROUTES.map(({ method, path }) => `${method} ${path}`).sort());
    for (const { path, query } of API_ROUTES) {
      const row = page.split('\n').find((line) => line.includes(`GET ${path}\``)) ?? '';
      for (const name of Object.keys(query.shape)) expect([path, row]).toEqual([path, expect.stringMatching(`[?&]${name}[&\`]`)]);
    }
  });

  it('has pairs as arrays of two, which every client reads', () => {
    expect(JSON.stringify(made)).not.toContain('prefixItems');
    const interval = made.components.schemas.Report.properties.metrics.items.properties.interval.anyOf[0];
    expect(interval).toMatchObject({ type: 'array', minItems: 2, maxItems: 2, items: { anyOf: [{ type: 'number' }, { type: 'string' }] } });
  });

  it('tells what a query may be as it is checked', () => {
    const parameters = made.paths['/v1/monitors/{monitor}/metrics'].get.parameters as { name: string; required: boolean; schema: object }[];
    expect(parameters.filter(({ required }) => required).map(({ name }) => name)).toEqual(['monitor', 'metric']);
    expect(parameters.find(({ name }) => name === 'limit')!.schema).toMatchObject({ type: 'integer', minimum: 1, maximum: 500 });
    expect(parameters.find(({ name }) => name === 'monitor')!.schema).toMatchObject({ pattern: '^[a-z0-9-]{1,63}$' });
  });

  it('is at its address', async () => {
    const { status, json } = await lab().ask('GET', '/v1/openapi.json', { stage: 'live' });
    expect([status, json.servers, Object.keys(json.paths)]).toEqual([200, [{ url: '/live' }], Object.keys(made.paths)]);
  });
});
