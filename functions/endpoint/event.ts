import { z } from 'zod';
import { parseEventBy } from '../shared/parse-event.ts';

const endpointSchema = z.object({
  'detail-type': z.literal('SageMaker Endpoint State Change'),
  detail: z.object({ EndpointName: z.string().min(1).max(63) }),
});
const packageSchema = z.object({ 'detail-type': z.literal('SageMaker Model Package State Change'), detail: z.object({}) });
const eventSchema = z.discriminatedUnion('detail-type', [endpointSchema, packageSchema]);

/** The event is none that the rules let through. */
export class MalformedChangeError extends Error {
  override readonly name = 'MalformedChangeError';
}

/** The endpoint that changed; null for all, as a model package may be behind any of them. */
export function endpointOf(event: unknown): string | null {
  const { detail } = parseEventBy(
    eventSchema,
    event,
    (reasons) =>
      new MalformedChangeError(`endpoint event is malformed: expected SageMaker's change of an endpoint or a model package; ${reasons}`),
  );
  return 'EndpointName' in detail ? detail.EndpointName : null;
}
