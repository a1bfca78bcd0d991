import { addCounts, type ColumnCounts } from './column-counts.ts';

/** The baseline's chunks: what "nothing changed" looks like from one stretch of the data to the next. */
export interface Spread {
  /** Seconds a chunk stands for; null where the data has no time and was cut into equal parts. */
  step: number | null;
  /** Place of each chunk, in steps since the epoch, or the part's number. Ascending. */
  places: number[];
  /** Counts per column, one entry a chunk. */
  columns: Map<string, ColumnCounts[]>;
}

/** Fewer chunks than this say nothing of the spread. */
export const FEWEST_CHUNKS = 10;

/** Chunks merged to about the length of what is judged. */
export interface MergedSpread {
  chunks: number;
  /** How many steps make one merged chunk. */
  factor: number;
  columns: Map<string, ColumnCounts[]>;
  /** Where each chunk went. */
  into: number[];
  /** Whether the length wanted would have left too few chunks. */
  shortened: boolean;
}

/** Merges neighbouring chunks to about `seconds`, or to the greatest length that leaves FEWEST_CHUNKS of them. */
export function mergeSpread(spread: Spread, seconds: number | null): MergedSpread {
  const wanted = spread.step === null || seconds === null ? 1 : Math.max(1, Math.round(seconds / spread.step));
  const count = (factor: number): number => new Set(spread.places.map((place) => Math.floor((place - spread.places[0]!) / factor))).size;
  const reach = spread.places.length === 0 ? 1 : spread.places.at(-1)! - spread.places[0]! + 1;
  let factor = Math.min(wanted, Math.max(1, Math.ceil(reach / (FEWEST_CHUNKS - 1))));
  while (factor > 1 && count(factor) < FEWEST_CHUNKS) factor--;
  if (factor === 1) {
    const into = spread.places.map((_, i) => i);
    return { chunks: spread.places.length, factor, columns: spread.columns, into, shortened: wanted > 1 };
  }
  const columns = new Map<string, ColumnCounts[]>();
  for (const [name, chunks] of spread.columns) {
    const merged = new Map<number, ColumnCounts>();
    chunks.forEach((chunk, i) => {
      const at = Math.floor((spread.places[i]! - spread.places[0]!) / factor);
      const before = merged.get(at);
      merged.set(at, before === undefined ? chunk : addCounts(before, chunk));
    });
    columns.set(name, [...merged.values()]);
  }
  const stretches = spread.places.map((place) => Math.floor((place - spread.places[0]!) / factor));
  const numbers = new Map([...new Set(stretches)].map((stretch, i) => [stretch, i]));
  const into = stretches.map((stretch) => numbers.get(stretch)!);
  return { chunks: count(factor), factor, columns, into, shortened: factor < wanted };
}
