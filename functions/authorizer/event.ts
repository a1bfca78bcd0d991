import { z } from 'zod';
import { gatewayEventSchema, headersOf, queryOf, withoutMapping } from '../shared/gateway-event.ts';
import { parseEventBy } from '../shared/parse-event.ts';

/** As much of what API Gateway asks an authorizer of requests as is read. */
const authorizerSchema = gatewayEventSchema.extend({
  type: z.literal('REQUEST'),
  methodArn: z.string(),
  resource: z.string(),
  requestContext: z.object({ domainName: z.string().default(''), requestId: z.string().optional() }),
});

export interface Question {
  methodArn: string;
  method: string;
  /** By lower-case name. */
  headers: Record<string, string>;
  /** Without one no cookie can change anything. */
  host: string;
  /** The address that is asked for, from `/v1`, with its query. */
  address: string;
  /** From there to where `/v1` begins, as `../../`. */
  up: string;
  requestId: string | undefined;
}

/** The event is none of API Gateway's: the authorizer is set up wrong. */
export class MalformedQuestionError extends Error {
  override readonly name = 'MalformedQuestionError';
}

export function parseQuestion(event: unknown): Question {
  const parsed = parseEventBy(
    authorizerSchema,
    event,
    (reasons) => new MalformedQuestionError(`authorizer event is malformed: expected API Gateway's of type REQUEST; ${reasons}`),
  );
  const { methodArn, httpMethod, resource, requestContext, path } = parsed;
  const pairs = Object.entries(queryOf(parsed)).flatMap(([name, values]) => values.map((value): [string, string] => [name, value]));
  const query = new URLSearchParams(pairs);
  // The stage or name before `/v1` is not needed: a browser goes up from where it is.
  const depth = resource.split('/').length - (path.endsWith('/') ? 1 : 2);
  return {
    methodArn,
    method: httpMethod,
    headers: headersOf(parsed),
    host: requestContext.domainName,
    address: `${withoutMapping(path.replace(/\/$/, ''), resource)}${query.size === 0 ? '' : `?${query}`}`,
    up: '../'.repeat(depth),
    requestId: requestContext.requestId,
  };
}
