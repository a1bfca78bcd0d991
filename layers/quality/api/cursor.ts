import { createHash } from 'node:crypto';
import { PLACE } from './find-reports.ts';
import { wrong } from './query.ts';
import type { ApiRequest } from './request.ts';

/** The query a cursor continues: one of another query would skip what that one never saw. */
const digestOf = (monitor: string, query: Record<string, unknown>): string => {
  const { cursor: _, limit: __, ...filters } = query;
  const named = Object.entries(filters).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([monitor, named]))
    .digest('base64url')
    .slice(0, 12);
};

/** Where to go on, as text nobody has to understand. It names a place in the order, never a key. */
const encodeCursor = (monitor: string, query: Record<string, unknown>, place: string): string =>
  Buffer.from(JSON.stringify([1, digestOf(monitor, query), place])).toString('base64url');

/** The place a cursor names; null without one. Made-up ones, and those of other queries, are refused. */
export function decodeCursor(monitor: string, query: { cursor?: string | undefined }): string | null {
  if (query.cursor === undefined) return null;
  const refused = wrong('cursor', 'expected one from the "next" of an answer to the same query');
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(query.cursor, 'base64url').toString('utf8'));
  } catch {
    throw refused;
  }
  if (!Array.isArray(parts) || parts.length !== 3) throw refused;
  const [version, digest, place] = parts;
  if (version !== 1 || digest !== digestOf(monitor, query) || typeof place !== 'string' || !PLACE.test(place)) throw refused;
  return place;
}

/** Address of what comes after a place, by the same query. */
export function nextPage({ base, path }: ApiRequest, monitor: string, query: Record<string, unknown>, place: string): string {
  const kept = Object.entries(query).filter(([name, value]) => name !== 'cursor' && value !== undefined);
  const parameters = new URLSearchParams(kept.map(([name, value]): [string, string] => [name, String(value)]));
  parameters.set('cursor', encodeCursor(monitor, query, place));
  return `${base}${path}?${parameters}`;
}
