import { csv, type Row } from './data.ts';

/** The later half of a window, whose sender changed meanwhile: a column is gone, one is new, or one is of another type. */
export function changed(kind: number, rows: Row[]): Record<string, string> {
  if (kind === 1) return { '-without.csv': csv(rows.map(({ count: _, ...row }) => row)) };
  if (kind === 4) return { '-with.csv': csv(rows.map((row, k) => ({ ...row, channel: k % 2 === 0 ? 'web' : 'app' }))) };
  return { '-typed.jsonl': rows.map((row) => JSON.stringify({ ...row, count: `${row.count} items`, kind: row.amount > 500 })).join('\n') };
}
