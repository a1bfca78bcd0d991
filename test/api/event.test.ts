import { describe, expect, it } from 'vitest';
import { MalformedRequestError, parseEvent } from '../../functions/api/event.ts';
import { proxyEvent } from './lab.ts';

const event = proxyEvent('GET', '/v1/monitors/plain', { stage: 'live' });

describe("API Gateway's event", () => {
  it('is read with the stage before its addresses, and who asked', () => {
    expect(parseEvent(event)).toMatchObject({
      requestId: 'gateway-1',
      caller: 'arn:aws:iam::1:user/a',
      request: { path: '/v1/monitors/plain', base: '/live' },
    });
  });

  it('is of whom the authorizer let in, where there is one', () => {
    const asked = (authorizer: object) => parseEvent({ ...event, requestContext: { ...event.requestContext, authorizer } });
    expect(asked({ principalId: 'person-1', session: 'true' })).toMatchObject({ caller: 'person-1', request: { session: true } });
    expect(asked({ principalId: 'program-1', session: 'false' }).request.session).toBeUndefined();
  });

  it('may come from a domain of ones own, with a name before the route', () => {
    const path = '/quality/v1/monitors/plain';
    const mapped = { ...event, path, resource: '/v1/monitors/{monitor}', requestContext: { path } };
    expect(parseEvent(mapped).request).toMatchObject({ path: '/v1/monitors/plain', base: '/quality' });
    expect(parseEvent({ ...mapped, path: '/v1/monitors/plain', requestContext: { path: '/v1/monitors/plain' } }).request).toMatchObject({
      path: '/v1/monitors/plain',
      base: '',
    });
  });

  it('puts nothing into addresses that could be more than a name', () => {
    for (const path of ['//evil.example/v1/monitors/plain', '/"><script>/v1/monitors/plain', '/../v1/monitors/plain'])
      expect(parseEvent({ ...event, requestContext: { path } }).request.base).toBe('');
  });

  it('may have single values alone, a body as text, and headers in any case', () => {
    const single = {
      ...event,
      headers: { 'Content-TYPE': 'text/csv' },
      queryStringParameters: { limit: '5' },
      body: 'a\nü',
      isBase64Encoded: false,
    };
    const { request } = parseEvent(single);
    expect(request).toMatchObject({ headers: { 'content-type': 'text/csv' }, query: { limit: ['5'] } });
    expect(request.body.toString('utf8')).toBe('a\nü');
    const repeated = parseEvent({ ...event, multiValueHeaders: { Accept: ['text/html', 'application/json'] } });
    expect(repeated.request.headers.accept).toBe('text/html, application/json');
  });

  it('of something else is refused', () => {
    for (const other of [null, {}, { Records: [] }, { ...event, path: 7 }]) expect(() => parseEvent(other)).toThrow(MalformedRequestError);
  });
});
