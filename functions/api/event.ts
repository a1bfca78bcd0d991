import { z } from 'zod';
import type { ApiRequest } from '../../layers/quality/api/request.ts';
import { baseOf, gatewayEventSchema, headersOf, queryOf, withoutMapping } from '../shared/gateway-event.ts';
import { parseEventBy } from '../shared/parse-event.ts';

/** As much of API Gateway's proxy event as is read. */
const proxySchema = gatewayEventSchema.extend({
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().optional(),
  requestContext: z.object({
    path: z.string().optional(),
    requestId: z.string().optional(),
    identity: z.object({ userArn: z.string().nullish(), sourceIp: z.string().nullish() }).optional(),
    /** What `functions/authorizer` says of who asks, where it was asked. */
    authorizer: z.object({ principalId: z.string().optional(), session: z.string().optional() }).nullish(),
  }),
});

export interface ProxyRequest {
  request: ApiRequest;
  requestId: string | undefined;
  /** Who signed the request, or whom its token is about. */
  caller: string | undefined;
}

/** The event is none of API Gateway's: the integration is wrong. */
export class MalformedRequestError extends Error {
  override readonly name = 'MalformedRequestError';
}

export function parseEvent(event: unknown): ProxyRequest {
  const parsed = parseEventBy(
    proxySchema,
    event,
    (reasons) => new MalformedRequestError(`api event is malformed: expected API Gateway's proxy event; ${reasons}`),
  );
  const { httpMethod, resource, body, isBase64Encoded, requestContext } = parsed;
  const { authorizer, identity } = requestContext;
  const path = withoutMapping(parsed.path, resource);
  return {
    requestId: requestContext.requestId,
    caller: authorizer?.principalId ?? identity?.userArn ?? undefined,
    request: {
      method: httpMethod,
      path,
      base: baseOf(path, requestContext.path),
      query: queryOf(parsed),
      headers: headersOf(parsed),
      body: Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8'),
      ...(authorizer?.session === 'true' && { session: true }),
    },
  };
}
