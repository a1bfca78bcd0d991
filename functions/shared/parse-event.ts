import type { z } from 'zod';

/** The event as the schema has it; else the error made of what is wrong with it. */
export function parseEventBy<T extends z.ZodType>(schema: T, event: unknown, error: (reasons: string) => Error): z.output<T> {
  const parsed = schema.safeParse(event);
  if (parsed.success) return parsed.data;
  throw error(parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'event'}: ${message}`).join('; '));
}
