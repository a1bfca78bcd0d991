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
  const next = withSlots(sketch.size, full ? sketch.slots.length : sketch.slots.length * 2);
  const { hashes, counts, limit } = full ? entriesOf(sketch) : { hashes: sketch.slots, counts: sketch.counts, limit: sketch.limit };
  next.limit = limit;
  for (let i = 0; i < hashes.length; i++) if (hashes[i] !== -1) addHash(next, hashes[i]!, counts[i]!);
  Object.assign(sketch, next);
}

interface Entries {
  hashes: Float64Array;
  counts: Float64Array;
  limit: number;
}

/** The kept hashes in ascending order with their counts, and the hash up to which all are kept. */
export function entriesOf({ slots, counts, size, limit }: BottomK): Entries {
  const mask = slots.length - 1;
  const countOf = (hash: number): number => {
    let at = hash & mask;
    while (slots[at] !== hash) at = (at + 1) & mask;
    return counts[at]!;
  };
  const all = slots.filter((hash) => hash !== -1 && hash <= limit).sort();
  const hashes = all.subarray(0, size);
  return { hashes, counts: hashes.map(countOf), limit: all.length > size ? hashes[size - 1]! : limit };
}

export function mergeBottomK(a: BottomK, b: BottomK): BottomK {
  const merged = createBottomK(Math.min(a.size, b.size));
  const sides = [entriesOf(a), entriesOf(b)];
  merged.limit = Math.min(...sides.map(({ limit }) => limit));
  for (const { hashes, counts } of sides) for (let i = 0; i < hashes.length; i++) addHash(merged, hashes[i]!, counts[i]!);
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
  const { counts, limit } = entriesOf(sketch);
  const kept = counts.length;
  const exact = limit === Number.POSITIVE_INFINITY;
  const distinct = exact ? kept : ((kept - 1) * HASH_RANGE) / limit;
  let once = 0;
  let total = 0;
  for (let i = 0; i < kept; i++) {
    if (counts[i] === 1) once++;
    total += counts[i]!;
  }
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
  const { hashes, counts, limit } = entriesOf(sketch);
  return {
    size: sketch.size,
    limit: limit === Number.POSITIVE_INFINITY ? null : limit,
    hashes: encodeAscending(hashes),
    counts: encodeIntegers(counts.map((count) => count - 1)),
  };
}

export function decodeBottomK(json: Json): BottomK {
  const { size, limit, hashes, counts } = json as { size: number; limit: number | null; hashes: string; counts: string };
  const sketch = createBottomK(size);
  const extra = decodeIntegers(counts);
  const kept = decodeAscending(hashes);
  for (let i = 0; i < kept.length; i++) addHash(sketch, kept[i]!, extra[i]! + 1);
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
