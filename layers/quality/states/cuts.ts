import { binFinder } from './bin-finder.ts';
import { decodeFloats, decodeIntegers, encodeFloats, encodeIntegers } from './encoding.ts';
import { defineState, type Json } from './state.ts';

export interface Cuts {
  /** Finite values per bin: bin i holds edges[i-1] <= x < edges[i]; the outer bins are open. */
  counts: Uint32Array;
  /** Sum over a bin's values of their place in it, in 256ths of its width, rounded down; whole numbers, so that merging is exact. */
  places: Float64Array;
  /** Plain sums of the two open bins, which have no width. */
  outer: [number, number];
}

/** How finite values spread over the column's cuts: counts, and sums to within a 256th of a bin's width per value. */
export const cuts = defineState<Cuts, 'number'>({
  name: 'cuts',
  version: 1,
  on: ['number'],
  create: ({ edges }) => emptyCuts((edges?.length ?? 0) + 1),
  update({ counts, places, outer }, { finite }, { edges }) {
    if (edges === undefined || edges.length === 0) return addToOnlyBin(counts, outer, finite);
    const finder = binFinder(edges);
    const { scales } = finder;
    const last = edges.length;
    for (let start = 0; start < finite.length; start += finder.bins.length) {
      const size = Math.min(finder.bins.length, finite.length - start);
      finder.find(finite, start, size);
      for (let i = 0; i < size; i++) {
        const bin = finder.bins[i]!;
        const value = finite[start + i]!;
        counts[bin]!++;
        if (bin === 0) outer[0] += value;
        else if (bin === last) outer[1] += value;
        else {
          const place = ((value - edges[bin - 1]!) * scales[bin]!) | 0;
          places[bin]! += place > 255 ? 255 : place;
        }
      }
    }
  },
  merge: (a, b) => ({
    counts: a.counts.map((count, i) => count + b.counts[i]!),
    places: a.places.map((place, i) => place + b.places[i]!),
    outer: [a.outer[0] + b.outer[0], a.outer[1] + b.outer[1]],
  }),
  encode: ({ counts, places, outer }) => ({ counts: encodeIntegers(counts), places: encodeIntegers(places), outer: encodeFloats(outer) }),
  decode(json, _version, { edges }) {
    const state = emptyCuts((edges?.length ?? 0) + 1);
    const { counts, places, outer } = json as unknown as { counts: string; places: string; outer: Json };
    state.counts.set(decodeIntegers(counts));
    state.places.set(decodeIntegers(places));
    state.outer = decodeFloats(outer) as [number, number];
    return state;
  },
});

const emptyCuts = (bins: number): Cuts => ({ counts: new Uint32Array(bins), places: new Float64Array(bins), outer: [0, 0] });

function addToOnlyBin(counts: Uint32Array, outer: [number, number], finite: Float64Array): void {
  counts[0]! += finite.length;
  for (let i = 0; i < finite.length; i++) outer[0] += finite[i]!;
}

/** Sum of the values in each bin; exact in the open bins, within half a 256th of the width per value elsewhere. */
export function binSums({ counts, places, outer }: Cuts, edges: Float64Array): Float64Array {
  const last = edges.length;
  return Float64Array.from(counts, (count, bin) => {
    if (bin === 0) return outer[0];
    if (bin === last) return outer[1];
    const width = edges[bin]! - edges[bin - 1]!;
    if (width === Number.POSITIVE_INFINITY) return count * (edges[bin - 1]! / 2 + edges[bin]! / 2);
    const half = width > 0 && places[bin]! > 0 ? 0.5 : 0;
    return count * edges[bin - 1]! + ((places[bin]! + half * count) * width) / 256;
  });
}
