import type { z } from 'zod';
import { nearest } from '../contract/nearest.ts';
import { Problem } from './problem.ts';

/** Each parameter once, known, and of its form; all that is wrong is said at once. */
export function parseQuery<T>(schema: z.ZodObject & z.ZodType<T>, query: Record<string, string[]>): T {
  const known = Object.keys(schema.shape);
  const errors = Object.entries(query).flatMap(([parameter, values]) => {
    if (known.includes(parameter)) return values.length === 1 ? [] : [{ parameter, detail: 'expected it once' }];
    const near = nearest(parameter, known);
    const detail = `unknown parameter${near === null ? `; there ${known.length === 0 ? 'are none' : `are ${known.join(', ')}`}` : `; did you mean "${near}"?`}`;
    return [{ parameter: parameter.slice(0, 100), detail }];
  });
  const parsed = schema.safeParse(Object.fromEntries(known.flatMap((name) => (query[name] ? [[name, query[name]![0]]] : []))));
  if (!parsed.success)
    errors.push(
      ...parsed.error.issues.map(({ path, message }) => ({ parameter: String(path[0]), detail: message.replace(/^Invalid input: /, '') })),
    );
  if (parsed.success && errors.length === 0) return parsed.data;
  throw new Problem(400, `The query is wrong: ${errors.map(({ parameter, detail }) => `${parameter}: ${detail}`).join('; ')}`, { errors });
}

export interface Bounds {
  /** Milliseconds since the epoch; the infinities where a side is open. */
  from: number;
  to: number;
}

const EARLIEST = Date.UTC(1900, 0);
const LATEST = Date.UTC(2200, 0);

/** [from, to) of a query; a day begins at midnight UTC. */
export function boundsOf({ from, to }: { from?: string | undefined; to?: string | undefined }): Bounds {
  const bounds = { from: from === undefined ? -Infinity : Date.parse(from), to: to === undefined ? Infinity : Date.parse(to) };
  for (const [parameter, time] of Object.entries(bounds))
    if (Number.isFinite(time) && (time < EARLIEST || time > LATEST)) throw wrong(parameter, 'expected a time between 1900 and 2200');
  if (bounds.from >= bounds.to) throw wrong('to', `expected a time after from (${from}); got ${to}`);
  return bounds;
}

/** One parameter that is wrong. */
export const wrong = (parameter: string, detail: string): Problem =>
  new Problem(400, `The query is wrong: ${parameter}: ${detail}`, { errors: [{ parameter, detail }] });
