import { z } from 'zod';

const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const monitor = z.string().regex(/^[a-z0-9-]{1,63}$/);

/** A window by its bounds, [from, to). Of a quiet one nobody is told but who asked. */
const windowSchema = z.strictObject({ monitor, from: time, to: time, quiet: z.boolean().optional() });
/** What is due at a time: of all monitors, of one, or the last window of a length. EventBridge Scheduler gives the scheduled time. */
const dueSchema = z.strictObject({ time, monitor: monitor.optional(), window: z.string().optional() });

export type AuditEvent = z.infer<typeof windowSchema> | z.infer<typeof dueSchema>;

/** The input cannot be understood. */
export class MalformedAuditError extends Error {
  override readonly name = 'MalformedAuditError';
}

export function parseEvent(event: unknown): AuditEvent {
  const byBounds = typeof event === 'object' && event !== null && 'from' in event;
  const result = (byBounds ? windowSchema : dueSchema).safeParse(event);
  if (result.success) return result.data;
  const reasons = result.error.issues.map(({ path, message }) => `${path.join('.') || 'event'}: ${message}`);
  throw new MalformedAuditError(
    `audit event is malformed: expected {monitor, from, to, quiet?} or {time, monitor?, window?} with ISO times; ${reasons.join('; ')}`,
  );
}
