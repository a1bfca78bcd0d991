import { z } from 'zod';
import { LOGIN_PATHS } from '../../layers/quality/contract/oidc.ts';
import { baseOf, gatewayEventSchema, headersOf, queryOf } from '../shared/gateway-event.ts';
import { parseEventBy } from '../shared/parse-event.ts';

const loginSchema = gatewayEventSchema.extend({
  resource: z.enum(LOGIN_PATHS),
  requestContext: z.object({ path: z.string(), domainName: z.string(), requestId: z.string().optional() }),
});

export interface LoginRequest {
  path: (typeof LOGIN_PATHS)[keyof typeof LOGIN_PATHS];
  /** The first value of each parameter. */
  query: Record<string, string | undefined>;
  /** By lower-case name. */
  headers: Record<string, string>;
  /** Where the provider sends people back to, as it is registered there. */
  callback: string;
  requestId: string | undefined;
}

/** The event is none of API Gateway's: the integration is wrong. */
export class MalformedLoginError extends Error {
  override readonly name = 'MalformedLoginError';
}

export function parseLogin(event: unknown): LoginRequest {
  const parsed = parseEventBy(
    loginSchema,
    event,
    (reasons) => new MalformedLoginError(`login event is malformed: expected API Gateway's proxy event; ${reasons}`),
  );
  const { resource, requestContext } = parsed;
  return {
    path: resource,
    query: Object.fromEntries(Object.entries(queryOf(parsed)).map(([name, values]) => [name, values[0]])),
    headers: headersOf(parsed),
    callback: `https://${requestContext.domainName}${baseOf(resource, requestContext.path.replace(/\/$/, ''))}${LOGIN_PATHS.finish}`,
    requestId: requestContext.requestId,
  };
}
