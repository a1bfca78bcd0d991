import { z } from 'zod';

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
  const result = eventSchema.safeParse(event);
  if (result.success) return 'EndpointName' in result.data.detail ? result.data.detail.EndpointName : null;
  const reasons = result.error.issues.map(({ path, message }) => `${path.join('.') || 'event'}: ${message}`);
  throw new MalformedChangeError(
    `endpoint event is malformed: expected SageMaker's change of an endpoint or a model package; ${reasons.join('; ')}`,
  );
}
