import { z } from 'zod';

const values = z.record(z.string(), z.array(z.string())).nullish();
const single = z.record(z.string(), z.string().optional()).nullish();

/** What API Gateway says of a request, to a function behind it and to an authorizer before it: as much as is read by all. */
export const gatewayEventSchema = z.object({
  httpMethod: z.string(),
  path: z.string(),
  /** The route, as `/v1/monitors/{monitor}`. */
  resource: z.string().optional(),
  headers: single,
  multiValueHeaders: values,
  queryStringParameters: single,
  multiValueQueryStringParameters: values,
});
export type GatewayEvent = z.infer<typeof gatewayEventSchema>;

/** The address of the route alone: a domain of one's own may put a name before it. */
export function withoutMapping(path: string, resource: string | undefined): string {
  if (resource === undefined || resource.includes('+}')) return path;
  const parts = path.split('/');
  return parts.length > resource.split('/').length ? ['', ...parts.slice(1 - resource.split('/').length)].join('/') : path;
}

/** What stands before that in the address as it was asked for: a stage, or that name. */
export const baseOf = (path: string, whole: string | undefined): string =>
  whole?.endsWith(path) === true && /^(\/[\w-]+)*$/.test(whole.slice(0, -path.length)) ? whole.slice(0, -path.length) : '';

/** By lower-case name; a header that is repeated is one list, as HTTP has it. In a cookie's value a comma means nothing. */
export function headersOf({ headers, multiValueHeaders }: GatewayEvent): Record<string, string> {
  const all = Object.entries(multiValueHeaders ?? each(headers));
  return Object.fromEntries(all.map(([name, list]) => [name.toLowerCase(), list.join(name.toLowerCase() === 'cookie' ? '; ' : ', ')]));
}

/** Each parameter with all its values. */
export const queryOf = ({ queryStringParameters, multiValueQueryStringParameters }: GatewayEvent): Record<string, string[]> =>
  multiValueQueryStringParameters ?? each(queryStringParameters);

const each = (given: z.infer<typeof single>): Record<string, string[]> =>
  Object.fromEntries(Object.entries(given ?? {}).map(([name, value]) => [name, value === undefined ? [] : [value]]));
