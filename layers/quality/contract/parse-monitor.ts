import { z } from 'zod';
import { UsageError } from './errors.ts';
import { type Monitor, monitorSchema } from './monitor.ts';
import { nearest } from './nearest.ts';

/** Reads monitor.json; an error names the file, the path in it, what was expected and, for an unknown key, the nearest known one. */
export function parseMonitor(text: string, uri: string): Monitor {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${uri}: not JSON: ${(error as Error).message}`);
  }
  const parsed = monitorSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new UsageError(`${uri}: ${parsed.error.issues.slice(0, 3).map(describeIssue).join('; ')}`);
}

/** What is wrong at one place, with the nearest known key. */
export function describeIssue(issue: z.core.$ZodIssue): string {
  const path = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(issue.path);
    return issue.keys.map((key) => `unknown key "${[...issue.path, key].join('.')}"${suggestion(key, known)}`).join('; ');
  }
  return `${path === '' ? 'the whole' : `"${path}"`}: ${issue.message}`;
}

/** The keys there are at a path of the monitor. */
function knownKeys(path: readonly PropertyKey[]): string[] {
  let at: z.core.$ZodType | undefined = monitorSchema;
  for (const part of path) {
    const inner = unwrap(at);
    at = inner instanceof z.ZodObject ? inner.shape[String(part)] : inner instanceof z.ZodRecord ? inner.valueType : undefined;
  }
  const found = unwrap(at);
  return found instanceof z.ZodObject ? Object.keys(found.shape) : [];
}

const unwrap = (schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined =>
  schema instanceof z.ZodOptional ? schema.unwrap() : schema;

function suggestion(key: string, known: string[]): string {
  const near = nearest(key, known);
  if (near !== null) return `; did you mean "${near}"?`;
  return known.length === 0 ? '' : `; known: ${known.join(', ')}`;
}
