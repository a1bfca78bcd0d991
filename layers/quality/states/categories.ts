import { addHash, createBottomK, entriesOf } from './bottom-k.ts';
import { addIntegers, decodeIntegers, encodeIntegers } from './encoding.ts';
import { hashText } from './hash.ts';
import { type Context, defineState, type Folder, type Json } from './state.ts';

export interface Categories {
  /** Occurrences of each known category, in the context's order. */
  known: Float64Array;
  /** Occurrences of all others. */
  others: number;
  /** The others with the smallest hashes, with exact counts: by name, or by a key made from the hash where the name is not to be kept. */
  unknown: Record<string, number>;
  /** Every other category whose hash is at most this is in `unknown`. */
  limit: number;
}

/** How many other categories are kept. */
const KEPT = 1024;
/** Names with fewer rows behind them are personal data: they leave the process as hashes. */
const FEWEST_NAMED = 5;
const NAMELESS = '\u0000';

const isNamed = (key: string): boolean => !key.startsWith(NAMELESS);
const hashOf = (key: string): number => (isNamed(key) ? hashText(key) : Number(key.slice(1)));
const keyOf = (name: string): string => (isNamed(name) ? name : NAMELESS + hashText(name));

/** The other categories that may be shown, most frequent first. */
export const shownUnknown = ({ unknown }: Categories): [string, number][] =>
  Object.entries(unknown)
    .filter(([key, count]) => isNamed(key) && count >= FEWEST_NAMED)
    .sort((a, b) => b[1] - a[1]);

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
      const key = keyOf(values[i]!);
      if (hashOf(key) <= state.limit) unknown.set(key, (unknown.get(key) ?? 0) + counts[i]!);
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
  folder: ({ categories: names = [] }) => folderOf(names.length),
  encode: ({ known, others, unknown, limit }) => ({
    known: encodeIntegers(known),
    others,
    unknown: Object.entries(unknown)
      .map(([key, count]) => ({ hash: hashOf(key), named: isNamed(key) && count >= FEWEST_NAMED ? key : null, count }))
      .sort((a, b) => a.hash - b.hash)
      .map(({ hash, named, count }): Json => [named ?? hash, count]),
    limit: limit === Number.POSITIVE_INFINITY ? null : limit,
  }),
  decode(json, _version, { categories: names = [] }) {
    const { known, others, unknown, limit } = json as unknown as Encoded;
    const counts = new Float64Array(names.length);
    counts.set(decodeIntegers(known));
    return {
      known: counts,
      others,
      unknown: bare(unknown.map(([key, count]) => [typeof key === 'number' ? NAMELESS + key : key, count])),
      limit: limit ?? Number.POSITIVE_INFINITY,
    };
  },
});

function indexOf({ categories: known = [] }: Context): Map<string, number> {
  let index = indexes.get(known);
  if (index === undefined) indexes.set(known, (index = new Map(known.map((name, i) => [name, i]))));
  return index;
}

interface Encoded {
  known: string;
  others: number;
  unknown: [string | number, number][];
  limit: number | null;
}

/** Others by hash alone; entries come in the order of their hashes, so that those beyond what is kept are not looked at. */
function folderOf(length: number): Folder<Categories> {
  const known = new Float64Array(length);
  const hashes = new Map<string, number>();
  const sketch = createBottomK(KEPT);
  let others = 0;
  const hashOfName = (name: string): number => {
    let hash = hashes.get(name);
    if (hash === undefined) hashes.set(name, (hash = hashText(name)));
    return hash;
  };
  return {
    add(json) {
      const next = json as unknown as Encoded;
      addIntegers(next.known, known);
      others += next.others;
      sketch.limit = Math.min(sketch.limit, next.limit ?? Number.POSITIVE_INFINITY);
      for (const entry of next.unknown) {
        const key = entry[0];
        const hash = typeof key === 'number' ? key : hashOfName(key);
        if (hash > sketch.limit) break;
        addHash(sketch, hash, entry[1]);
      }
    },
    result() {
      const { hashes: kept, counts, limit } = entriesOf(sketch);
      const names = new Map([...hashes].reverse().map(([name, hash]) => [hash, name]));
      const unknown = Array.from(kept, (hash, i): [string, number] => [names.get(hash) ?? NAMELESS + hash, counts[i]!]);
      return { known, others, unknown: bare(unknown), limit };
    },
  };
}

/** A category known by name on one side and by hash on the other is one. */
function keepSmallest(unknown: Map<string, number>, limit: number): Pick<Categories, 'unknown' | 'limit'> {
  const byHash = new Map<number, [string, number]>();
  for (const [key, count] of unknown) {
    const hash = hashOf(key);
    if (hash > limit) continue;
    const [other, before] = byHash.get(hash) ?? [key, 0];
    byHash.set(hash, [isNamed(other) ? other : key, before + count]);
  }
  const entries = [...byHash].sort((a, b) => a[0] - b[0]);
  const kept = entries.slice(0, KEPT);
  return { unknown: bare(kept.map(([, entry]) => entry)), limit: entries.length > KEPT ? kept.at(-1)![0] : limit };
}

/** An object without a prototype: `__proto__` is a category like any other. */
const bare = (entries: [string, number][]): Record<string, number> => {
  const object: Record<string, number> = Object.create(null);
  for (const [name, count] of entries) object[name] = count;
  return object;
};
