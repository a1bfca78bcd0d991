const MOST_CELLS = 2 ** 14;
const MOST_BITS = 26;
const FEWEST_BITS = 13;

/**
 * Where the bin of a finite value is found: the upper bits of a double, in an order that ascends with the value, are the number of a cell, as fine as
 * 16,384 of them allow; from the first edge of a cell it is a step or two. Cells cover the edges' negative and positive ranges alone: what lies
 * between the two, zero among it, is one cell.
 */
export interface BinTable extends Cells {
  /** The first edge that a value of each cell can be below. */
  first: Uint16Array;
  /** Upper edge of each bin; Infinity for the last. */
  ends: Float64Array;
  /** Lower edge of each bin and 256 / its width; 0 for the open ones. */
  starts: Float64Array;
  scales: Float64Array;
}

const tables = new WeakMap<Float64Array, BinTable>();

export function binTable(edges: Float64Array): BinTable {
  let table = tables.get(edges);
  if (table === undefined) tables.set(edges, (table = createTable(edges)));
  return table;
}

/** The first bin each finite value can be in: its own is the first from there whose end is above it. Without a branch, for signs and zeros come in no order. */
export function findFirstBins(values: Float64Array, table: BinTable, bins: Uint16Array): void {
  const { first, shift, negativeBase, positiveBase, middle, top } = table;
  const halves = new Int32Array(values.buffer, values.byteOffset, 2 * values.length);
  const bases = negativeBase ^ positiveBase;
  const tops = middle ^ top;
  for (let i = 0; i < values.length; i++) {
    const half = halves[2 * i + 1]!;
    const sign = half >> 31; // -0 is the last of the negative: its cell ends at `middle`, where 0 is
    const low = middle & ~sign;
    const high = top ^ (tops & sign);
    const cell = (((half ^ (sign | 0x80000000)) >>> shift) - (positiveBase ^ (bases & sign))) | 0;
    bins[i] = first[cell < low ? low : cell > high ? high : cell]!;
  }
}

/** The bin of each finite value. */
export function findBins(values: Float64Array, table: BinTable, bins: Uint16Array): void {
  const { ends } = table;
  findFirstBins(values, table, bins);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    let bin = bins[i]!;
    while (ends[bin]! <= value) bin++;
    bins[i] = bin;
  }
}

/** From the upper half of a double's bits: ascending with the value. */
const orderKey = (high: number, shift: number): number => (high < 0 ? ~high : high ^ 0x80000000) >>> shift;

const word = new Float64Array(1);
const halves = new Int32Array(word.buffer);
function upperHalf(value: number): number {
  word[0] = value + 0;
  return halves[1]!;
}

/** Where the cells of either sign lie: cell 0 is below all edges, `middle` between the signs, `top` above all. */
interface Cells {
  shift: number;
  negativeBase: number;
  positiveBase: number;
  middle: number;
  top: number;
}

function cellsOf(edges: Float64Array): Cells {
  const firstPositive = edges.findIndex((edge) => edge > 0);
  const positive = firstPositive < 0 ? null : [edges[firstPositive]!, edges.at(-1)!].map(upperHalf);
  const lastNegative = edges.findLastIndex((edge) => edge < 0);
  const negative = lastNegative < 0 ? null : [edges[0]!, edges[lastNegative]!].map(upperHalf);
  for (let bits = MOST_BITS; ; bits--) {
    const shift = 32 - bits;
    const [n0, n1] = negative === null ? [0, -1] : negative.map((half) => orderKey(half, shift));
    const [p0, p1] = positive === null ? [0, -1] : positive.map((half) => orderKey(half, shift));
    const middle = n1! - n0! + 2;
    const top = middle + p1! - p0! + 2;
    if (top >= MOST_CELLS && bits > FEWEST_BITS) continue;
    return { shift, negativeBase: n0! - 1, positiveBase: p0! - middle - 1, middle, top };
  }
}

function firstEdges(edges: Float64Array, { shift, negativeBase, positiveBase, middle, top }: Cells): Uint16Array {
  const first = new Uint16Array(top + 2);
  let filled = 0;
  for (let edge = 0; edge < edges.length; edge++) {
    const half = upperHalf(edges[edge]!);
    const cell = orderKey(half, shift) - (half < 0 ? negativeBase : positiveBase);
    const next = (edges[edge] === 0 ? middle : cell) + 1;
    if (next > filled) first.fill(edge, filled, next);
    filled = Math.max(filled, next);
  }
  return first.fill(edges.length, filled);
}

function createTable(edges: Float64Array): BinTable {
  const cells = cellsOf(edges);
  const ends = new Float64Array(edges.length + 1).fill(Number.POSITIVE_INFINITY);
  ends.set(edges);
  return { ...cells, first: firstEdges(edges, cells), ends, ...placesOf(edges) };
}

function placesOf(edges: Float64Array): Pick<BinTable, 'starts' | 'scales'> {
  const starts = new Float64Array(edges.length + 1);
  const scales = new Float64Array(edges.length + 1);
  for (let bin = 1; bin < edges.length; bin++) {
    const scale = 256 / (edges[bin]! - edges[bin - 1]!);
    starts[bin] = edges[bin - 1]!;
    scales[bin] = Number.isFinite(scale) ? scale : 0;
  }
  return { starts, scales };
}
