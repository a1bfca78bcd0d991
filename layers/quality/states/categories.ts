import { decodeIntegers, encodeIntegers } from './encoding.ts';
import { hashText } from './hash.ts';
import { type Context, defineState } from './state.ts';

export interface Categories {
  /** Occurrences of each known category, in the context's order. */
  known: Float64Array;
  /** Occurrences of all others. */
  others: number;
  /** The others by name: those with the smallest hashes, with exact counts. */
  unknown: Record<string, number>;
  /** Every other category whose hash is at most this is in `unknown`. */
  limit: number;
}

/** How many other categories are kept by name. */
const KEPT = 1024;
const indexes = new WeakMap<string[], Map<string, number>>();

/** Counts of the baseline's categories, and a bottom-k summary of all other values with their names. */
export const categories = defineState<Categories, 'counted'>({
  name: 'categories',
  version: 1,
  on: ['counted'],
  create: ({ categories: known = [] }) => ({
    known: new Float64Array(known.length),
    others: 0,
    unknown: {},
    limit: Number.POSITIVE_INFINITY,
  }),
  update(state, { values, counts }, context) {
    const index = indexOf(context);
    const unknown = new Map(Object.entries(state.unknown));
    for (let i = 0; i < values.length; i++) {
      const at = index.get(values[i]!);
      if (at !== undefined) {
        state.known[at]! += counts[i]!;
        continue;
      }
      state.others += counts[i]!;
      if (hashText(values[i]!) <= state.limit) unknown.set(values[i]!, (unknown.get(values[i]!) ?? 0) + counts[i]!);
    }
    Object.assign(state, keepSmallest(unknown, state.limit));
  },
  merge(a, b) {
    const limit = Math.min(a.limit, b.limit);
    const unknown = new Map<string, number>();
    for (const side of [a, b])
      for (const [name, count] of Object.entries(side.unknown)) unknown.set(name, (unknown.get(name) ?? 0) + count);
    return { known: a.known.map((count, i) => count + b.known[i]!), others: a.others + b.others, ...keepSmallest(unknown, limit) };
  },
  encode: ({ known, others, unknown, limit }) => ({
    known: encodeIntegers(known),
    others,
    unknown: Object.entries(unknown),
    limit: limit === Number.POSITIVE_INFINITY ? null : limit,
  }),
  decode(json, _version, { categories: names = [] }) {
    const { known, others, unknown, limit } = json as { known: string; others: number; unknown: [string, number][]; limit: number | null };
    const counts = new Float64Array(names.length);
    counts.set(decodeIntegers(known));
    return { known: counts, others, unknown: nameless(unknown), limit: limit ?? Number.POSITIVE_INFINITY };
  },
});

function indexOf({ categories: known = [] }: Context): Map<string, number> {
  let index = indexes.get(known);
  if (index === undefined) indexes.set(known, (index = new Map(known.map((name, i) => [name, i]))));
  return index;
}

function keepSmallest(unknown: Map<string, number>, limit: number): Pick<Categories, 'unknown' | 'limit'> {
  const entries = [...unknown].map(([name, count]) => ({ name, count, hash: hashText(name) })).filter(({ hash }) => hash <= limit);
  entries.sort((a, b) => a.hash - b.hash || (a.name < b.name ? -1 : 1));
  const kept = entries.slice(0, KEPT);
  return {
    unknown: nameless(kept.map(({ name, count }) => [name, count])),
    limit: entries.length > KEPT ? kept.at(-1)!.hash : limit,
  };
}

/** An object without a prototype: `__proto__` is a category like any other. */
const nameless = (entries: [string, number][]): Record<string, number> => {
  const object: Record<string, number> = Object.create(null);
  for (const [name, count] of entries) object[name] = count;
  return object;
};
