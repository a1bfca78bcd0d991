const BITS = 20;
const BLOCK = 2048;

/** Finds the bins of blocks of values: the top 20 bits of the order-preserving key of a double index a table of first candidates. */
export interface BinFinder {
  /** 256 / width per bin; 0 for the open ones. */
  scales: Float64Array;
  /** Filled by `find`. */
  bins: Uint16Array;
  find(values: Float64Array, start: number, size: number): void;
}

const finders = new WeakMap<Float64Array, BinFinder>();

export function binFinder(edges: Float64Array): BinFinder {
  let finder = finders.get(edges);
  if (finder === undefined) finders.set(edges, (finder = createFinder(edges)));
  return finder;
}

const word = new Float64Array(1);
const halves = new Uint32Array(word.buffer);

function keyOf(value: number): number {
  word[0] = value;
  return orderKey(halves[1]!);
}

/** From the upper half of a double's bits: ascending with the value. */
const orderKey = (high: number): number => (high >>> 31 === 0 ? high ^ 0x80000000 : ~high) >>> (32 - BITS);

function createFinder(edges: Float64Array): BinFinder {
  const first = new Uint16Array(2 ** BITS + 1);
  let filled = 0;
  for (let edge = 0; edge < edges.length; edge++) {
    const key = keyOf(edges[edge]!) + 1;
    if (key > filled) first.fill(edge, filled, key);
    filled = Math.max(filled, key);
  }
  first.fill(edges.length, filled);
  const bins = new Uint16Array(BLOCK);
  const find = (values: Float64Array, start: number, size: number): void => {
    const words = new Uint32Array(values.buffer, values.byteOffset + 8 * start, 2 * size);
    for (let i = 0; i < size; i++) {
      const value = values[start + i]!;
      const key = orderKey(value === 0 ? 0 : words[2 * i + 1]!); // -0 and 0 share a bin
      let low = first[key]!;
      let high = first[key + 1]!;
      while (high - low > 1) {
        const middle = (low + high) >>> 1;
        if (edges[middle]! <= value) low = middle + 1;
        else high = middle;
      }
      bins[i] = low + (low < high && edges[low]! <= value ? 1 : 0);
    }
  };
  const scales = new Float64Array(edges.length + 1);
  for (let bin = 1; bin < edges.length; bin++) scales[bin] = 256 / (edges[bin]! - edges[bin - 1]!);
  for (let bin = 1; bin < edges.length; bin++) if (!Number.isFinite(scales[bin]!)) scales[bin] = 0;
  return { scales, bins, find };
}
