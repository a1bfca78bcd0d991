import { decodeAscending, decodeIntegers, encodeAscending, encodeIntegers, IntegerReader } from './encoding.ts';
import { HASH_RANGE } from './hash.ts';
import type { Folder, Json } from './state.ts';

/**
 * The k smallest hashes of a multiset with their exact counts (bottom-k, KMV; Beyer et al. 2007, doi:10.1145/1247480.1247504).
 * Exact while everything fits; beyond that an unbiased sample of the distinct values. Merging is exact.
 */
export interface BottomK {
  size: number;
  /** Every hash up to this one is kept; Infinity while nothing has been dropped. */
  limit: number;
  used: number;
  /** Open addressing; -1 marks a free slot. */
  slots: Float64Array;
  counts: Float64Array;
}

export const createBottomK = (size: number): BottomK => withSlots(size, 64);

const withSlots = (size: number, length: number): BottomK => ({
  size,
  limit: Number.POSITIVE_INFINITY,
  used: 0,
  slots: new Float64Array(length).fill(-1),
  counts: new Float64Array(length),
});

export function addHash(sketch: BottomK, hash: number, count: number): void {
  if (hash > sketch.limit) return;
  const { slots } = sketch;
  const mask = slots.length - 1;
  let at = hash & mask;
  for (let key = slots[at]; key !== -1; key = slots[at]) {
    if (key === hash) {
      sketch.counts[at]! += count;
      return;
    }
    at = (at + 1) & mask;
  }
  slots[at] = hash;
  sketch.counts[at] = count;
  if (++sketch.used * 2 > slots.length || sketch.used >= sketch.size * 2) shrinkOrGrow(sketch);
}

function shrinkOrGrow(sketch: BottomK): void {
  const full = sketch.used >= sketch.size * 2;
  const { entries, limit } = full ? entriesOf(sketch) : { entries: list(sketch), limit: sketch.limit };
  const next = withSlots(sketch.size, full ? sketch.slots.length : sketch.slots.length * 2);
  next.limit = limit;
  for (const [hash, count] of entries) addHash(next, hash, count);
  Object.assign(sketch, next);
}

const list = (sketch: BottomK): [number, number][] => {
  const entries: [number, number][] = [];
  for (const [at, hash] of sketch.slots.entries()) if (hash !== -1) entries.push([hash, sketch.counts[at]!]);
  return entries;
};

const sorted = (sketch: BottomK): [number, number][] =>
  list(sketch)
    .filter(([hash]) => hash <= sketch.limit)
    .sort((a, b) => a[0] - b[0]);

/** The kept hashes in ascending order with their counts, and whether any was dropped. */
export function entriesOf(sketch: BottomK): { entries: [number, number][]; limit: number } {
  const all = sorted(sketch);
  const entries = all.slice(0, sketch.size);
  return { entries, limit: all.length > sketch.size ? entries.at(-1)![0] : sketch.limit };
}

export function mergeBottomK(a: BottomK, b: BottomK): BottomK {
  const merged = createBottomK(Math.min(a.size, b.size));
  const sides = [entriesOf(a), entriesOf(b)];
  merged.limit = Math.min(...sides.map(({ limit }) => limit));
  for (const { entries } of sides) for (const [hash, count] of entries) addHash(merged, hash, count);
  return merged;
}

/** Distinct values, those seen once, and repeats (occurrences beyond the first): exact, or estimated with a standard error. */
export function estimateDistinct(sketch: BottomK): {
  distinct: number;
  once: number;
  kept: number;
  repeatShare: number;
  exact: boolean;
  error: number;
} {
  const { entries, limit } = entriesOf(sketch);
  const exact = limit === Number.POSITIVE_INFINITY;
  const distinct = exact ? entries.length : ((entries.length - 1) * HASH_RANGE) / limit;
  let once = 0;
  let total = 0;
  for (const [, count] of entries) {
    if (count === 1) once++;
    total += count;
  }
  const kept = entries.length;
  return {
    distinct,
    once: kept === 0 ? 0 : (once / kept) * distinct,
    kept,
    repeatShare: total === 0 ? 0 : (total - kept) / total,
    exact,
    error: exact ? 0 : distinct / Math.sqrt(Math.max(1, kept - 2)),
  };
}

export function encodeBottomK(sketch: BottomK): Json {
  const { entries, limit } = entriesOf(sketch);
  return {
    size: sketch.size,
    limit: limit === Number.POSITIVE_INFINITY ? null : limit,
    hashes: encodeAscending(entries.map(([hash]) => hash)),
    counts: encodeIntegers(entries.map(([, count]) => count - 1)),
  };
}

export function decodeBottomK(json: Json): BottomK {
  const { size, limit, hashes, counts } = json as { size: number; limit: number | null; hashes: string; counts: string };
  const sketch = createBottomK(size);
  const extra = decodeIntegers(counts);
  for (const [i, hash] of decodeAscending(hashes).entries()) addHash(sketch, hash, extra[i]! + 1);
  sketch.limit = limit ?? Number.POSITIVE_INFINITY;
  return sketch;
}

/** Hashes come ascending: those of the next sketch beyond what is kept already are not even read. */
export function folderOfBottomK(empty: () => BottomK): Folder<BottomK> {
  let sketch: BottomK | undefined;
  return {
    add(json) {
      const { size, limit, hashes, counts } = json as { size: number; limit: number | null; hashes: string; counts: string };
      sketch ??= createBottomK(size);
      sketch.size = Math.min(sketch.size, size);
      sketch.limit = Math.min(sketch.limit, limit ?? Number.POSITIVE_INFINITY);
      const steps = new IntegerReader(hashes);
      const extra = new IntegerReader(counts);
      for (let hash = 0; !steps.done; ) {
        hash += steps.next();
        if (hash > sketch.limit) return;
        addHash(sketch, hash, extra.next() + 1);
      }
    },
    result: () => sketch ?? empty(),
  };
}
