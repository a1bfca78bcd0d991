import type { z } from 'zod';

const MOST_SHOWN = 60;

/** What is wrong in a configuration: where, what was expected, what is there. */
export function describeIssue({ path, message }: z.core.$ZodIssue, config: unknown): string {
  const at = path.length === 0 ? 'the whole' : `"${path.join('.')}"`;
  const expected = message.replace(/^Invalid input: /, '').replace(/, received .*$/, '');
  const found = path.reduce<unknown>(valueAt, config);
  const text = JSON.stringify(found) ?? 'nothing';
  return `${at}: ${expected}, got ${text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text}`;
}

/** One that was written without brackets is the first of its list. */
function valueAt(value: unknown, key: PropertyKey): unknown {
  if (key === 0 && !Array.isArray(value)) return value;
  return (value as Record<PropertyKey, unknown> | null | undefined)?.[key];
}
