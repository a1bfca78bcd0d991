import { binTable, findBins, findFirstBins } from './bin-table.ts';
import { addIntegers, decodeFloats, decodeIntegers, encodeFloats, encodeIntegers } from './encoding.ts';
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
export const cuts = defineState<Cuts, 'number' | 'weighted'>({
  name: 'cuts',
  version: 1,
  on: ['number', 'weighted'],
  create: ({ edges }) => emptyCuts((edges?.length ?? 0) + 1),
  update(state, vector, { edges }) {
    const weights = vector.kind === 'weighted' ? vector.finiteCounts : null;
    if (edges === undefined || edges.length === 0) addToOnlyBin(state, vector.finite, weights);
    else if (weights === null) addValues(state, vector.finite, edges);
    else addWeighted(state, vector.finite, weights, edges);
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
  folder({ edges }) {
    const bins = (edges?.length ?? 0) + 1;
    const counted = new Float64Array(bins);
    const placed = new Float64Array(bins);
    let [low, high] = [0, 0];
    return {
      add(json) {
        const { counts, places, outer } = json as unknown as { counts: string; places: string; outer: Json };
        addIntegers(counts, counted);
        addIntegers(places, placed);
        const [below, above] = decodeFloats(outer) as [number, number];
        low += below;
        high += above;
      },
      result: () => ({ counts: Uint32Array.from(counted), places: placed, outer: [low, high] }),
    };
  },
});

const emptyCuts = (bins: number): Cuts => ({ counts: new Uint32Array(bins), places: new Float64Array(bins), outer: [0, 0] });

function addToOnlyBin({ counts, outer }: Cuts, finite: Float64Array, weights: Float64Array | null): void {
  for (let i = 0; i < finite.length; i++) {
    const weight = weights === null ? 1 : weights[i]!;
    counts[0]! += weight;
    outer[0] += weight * finite[i]!;
  }
}

const BLOCK = 2048;
const room = new Uint16Array(BLOCK);
const roomFor = (values: Float64Array): Uint16Array => (values.length <= BLOCK ? room : new Uint16Array(values.length));

function addValues({ counts, places, outer }: Cuts, finite: Float64Array, edges: Float64Array): void {
  const table = binTable(edges);
  const { ends, starts, scales } = table;
  const firsts = roomFor(finite);
  findFirstBins(finite, table, firsts);
  const last = edges.length;
  let [below, above] = outer;
  for (let i = 0; i < finite.length; i++) {
    const value = finite[i]!;
    let bin = firsts[i]!;
    while (ends[bin]! <= value) bin++;
    const place = ((value - starts[bin]!) * scales[bin]!) | 0;
    counts[bin]!++;
    places[bin]! += place > 255 ? 255 : place;
    if (bin === 0) below += value;
    else if (bin === last) above += value;
  }
  outer[0] = below;
  outer[1] = above;
}

function addWeighted({ counts, places, outer }: Cuts, finite: Float64Array, weights: Float64Array, edges: Float64Array): void {
  const table = binTable(edges);
  const bins = roomFor(finite);
  findBins(finite, table, bins);
  for (let i = 0; i < finite.length; i++) {
    const bin = bins[i]!;
    const weight = weights[i]!;
    const place = ((finite[i]! - table.starts[bin]!) * table.scales[bin]!) | 0;
    counts[bin]! += weight;
    places[bin]! += weight * Math.min(255, place);
    if (bin === 0) outer[0] += weight * finite[i]!;
    else if (bin === edges.length) outer[1] += weight * finite[i]!;
  }
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
