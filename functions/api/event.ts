import { z } from 'zod';
import type { ApiRequest } from '../../layers/quality/api/request.ts';

const values = z.record(z.string(), z.array(z.string())).nullish();
const single = z.record(z.string(), z.string().optional()).nullish();

/** As much of API Gateway's proxy event as is read. */
const proxySchema = z.object({
  httpMethod: z.string(),
  path: z.string(),
  /** The route, as `/v1/monitors/{monitor}`. */
  resource: z.string().optional(),
  headers: single,
  multiValueHeaders: values,
  queryStringParameters: single,
  multiValueQueryStringParameters: values,
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().optional(),
  requestContext: z.object({
    path: z.string().optional(),
    requestId: z.string().optional(),
    identity: z.object({ userArn: z.string().nullish(), sourceIp: z.string().nullish() }).optional(),
  }),
});

export interface ProxyRequest {
  request: ApiRequest;
  requestId: string | undefined;
  /** Who signed the request. */
  caller: string | undefined;
}

/** The event is none of API Gateway's: the integration is wrong. */
export class MalformedRequestError extends Error {
  override readonly name = 'MalformedRequestError';
}

export function parseEvent(event: unknown): ProxyRequest {
  const parsed = proxySchema.safeParse(event);
  if (!parsed.success) {
    const reasons = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'event'}: ${message}`);
    throw new MalformedRequestError(`api event is malformed: expected API Gateway's proxy event; ${reasons.join('; ')}`);
  }
  const { httpMethod, resource, body, isBase64Encoded, requestContext } = parsed.data;
  const path = withoutMapping(parsed.data.path, resource);
  const { queryStringParameters, multiValueQueryStringParameters } = parsed.data;
  return {
    requestId: requestContext.requestId,
    caller: requestContext.identity?.userArn ?? undefined,
    request: {
      method: httpMethod,
      path,
      base: baseOf(path, requestContext.path),
      query: multiValueQueryStringParameters ?? each(queryStringParameters),
      headers: headersOf(parsed.data),
      body: Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8'),
    },
  };
}

/** The address of the route alone: a domain of one's own may put a name before it. */
function withoutMapping(path: string, resource: string | undefined): string {
  if (resource === undefined || resource.includes('+}')) return path;
  const parts = path.split('/');
  return parts.length > resource.split('/').length ? ['', ...parts.slice(1 - resource.split('/').length)].join('/') : path;
}

/** What stands before that in the address as it was asked for: a stage, or that name. */
const baseOf = (path: string, whole: string | undefined): string =>
  whole?.endsWith(path) === true && /^(\/[\w-]+)*$/.test(whole.slice(0, -path.length)) ? whole.slice(0, -path.length) : '';

const each = (given: z.infer<typeof single>): Record<string, string[]> =>
  Object.fromEntries(Object.entries(given ?? {}).map(([name, value]) => [name, value === undefined ? [] : [value]]));

/** By lower-case name; a header that is repeated is one list, as HTTP has it. */
function headersOf({ headers, multiValueHeaders }: z.infer<typeof proxySchema>): Record<string, string> {
  const all = Object.entries(multiValueHeaders ?? each(headers));
  return Object.fromEntries(all.map(([name, list]) => [name.toLowerCase(), list.join(', ')]));
}
