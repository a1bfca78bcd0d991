import type { z } from 'zod';
import { UsageError } from './errors.ts';
import { type Monitor, monitorSchema } from './monitor.ts';

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
  throw new UsageError(`${uri}: ${parsed.error.issues.slice(0, 3).map(describe).join('; ')}`);
}

function describe(issue: z.core.$ZodIssue): string {
  const path = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    const known = issue.path.length === 0 ? Object.keys(monitorSchema.shape) : [];
    return issue.keys.map((key) => `unknown key "${[...issue.path, key].join('.')}"${suggestion(key, known)}`).join('; ');
  }
  return `${path === '' ? 'the whole' : `"${path}"`}: ${issue.message}`;
}

function suggestion(key: string, known: string[]): string {
  const near = known
    .map((name) => ({ name, common: commonPairs(key.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => b.common - a.common)[0];
  return near === undefined ? '' : near.common > 0.3 ? `; did you mean "${near.name}"?` : `; known: ${known.join(', ')}`;
}

/** Dice coefficient of the pairs of neighbouring letters. */
function commonPairs(a: string, b: string): number {
  const pairs = (text: string): Set<string> =>
    new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2)));
  const [left, right] = [pairs(a), pairs(b)];
  const shared = [...left].filter((pair) => right.has(pair)).length;
  return left.size + right.size === 0 ? 0 : (2 * shared) / (left.size + right.size);
}
