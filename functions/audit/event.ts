import { z } from 'zod';
import { parseEventBy } from '../shared/parse-event.ts';

const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const monitor = z.string().regex(/^[a-z0-9-]{1,63}$/);

/** A window by its bounds, [from, to). Of a quiet one nobody is told but who asked. */
const windowSchema = z.strictObject({ monitor, from: time, to: time, quiet: z.boolean().optional() });
/** What is due of a monitor at a time, or the last window of a length. */
const dueSchema = z.strictObject({ time, monitor, window: z.string().optional() });
/** A message that asks what is due: of a monitor, or of all. EventBridge Scheduler gives the scheduled time. */
const askedSchema = z.strictObject({ time, monitor: monitor.optional() });

export type AuditCall = z.infer<typeof windowSchema> | z.infer<typeof dueSchema>;
export type AuditMessage = z.infer<typeof windowSchema> | z.infer<typeof askedSchema>;

/** The input cannot be understood. */
export class MalformedAuditError extends Error {
  override readonly name = 'MalformedAuditError';
}

/** Whether the function was called by its queue; otherwise it was by somebody who waits for the answer. */
export const isFromQueue = (event: unknown): boolean => typeof event === 'object' && event !== null && 'Records' in event;

/** What somebody asks for and waits for. */
export const parseCall = (event: unknown): AuditCall => parse(dueSchema, '{time, monitor, window?}', event);

/** What a message of the queue asks for. */
export const parseMessage = (body: string): AuditMessage => parse(askedSchema, '{time, monitor?}', parseJson(body));

function parse<T>(otherwise: z.ZodType<T>, otherForm: string, event: unknown): z.infer<typeof windowSchema> | T {
  const byBounds = typeof event === 'object' && event !== null && 'from' in event;
  const expected = `audit event is malformed: expected {monitor, from, to, quiet?} or ${otherForm} with ISO times`;
  return parseEventBy(byBounds ? windowSchema : otherwise, event, (reasons) => new MalformedAuditError(`${expected}; ${reasons}`));
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new MalformedAuditError(`audit message is malformed: expected JSON, got ${JSON.stringify(body.slice(0, 80))}`, { cause });
  }
}
