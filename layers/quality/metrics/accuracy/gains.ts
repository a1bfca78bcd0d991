import { type Found, NO_POSITIVES } from './found.ts';
import { isMerged, labelWeights, type ScoredCounts } from './scored-counts.ts';

/** The rows of highest score up to some weight: which share of all positives they hold, and how that compares with drawing at random. */
export interface Gain {
  /** Weight of the top rows, and its share of all. */
  weight: number;
  share: number;
  /** Share of all positives among them (cumulative gain, recall). */
  gain: number;
  /** Their rate of positives over the rate of all. */
  lift: number;
  /** Bound of the gain's error where the cut falls into a merged bin. */
  error?: number;
}

/** The tops of `parts` equal parts in whole rows, rounded up: 1, 2 … of 10 for 12 rows are 2, 3, 4, 5, 6, 8, 9, 10, 11, 12. */
export const wholeRowTops = (rows: number, parts = 10): number[] =>
  Array.from({ length: parts }, (_, i) => Math.ceil((rows * (i + 1)) / parts - 1e-9));

/**
 * Cumulative gains and lift at the given tops (weights, ascending; tenths of the total unless given). A cut through equal scores shares their
 * positives in proportion, so that no order of rows matters. Gain in [0, 1]; null without positive labels.
 */
export function gainsTable(counts: ScoredCounts, tops?: number[]): Found<Gain[]> {
  const { positives, all } = labelWeights(counts);
  if (!(positives > 0)) return { value: null, reason: NO_POSITIVES };
  const sizeOf = (place: number): number => counts.positives[place]! + counts.negatives[place]!;
  let bin = counts.scores.length - 1;
  let weight = 0;
  let hits = 0;
  const value = (tops ?? Array.from({ length: 10 }, (_, i) => (all * (i + 1)) / 10)).map((top) => {
    for (let size = sizeOf(bin); bin > 0 && weight + size <= top; size = sizeOf(bin)) {
      weight += size;
      hits += counts.positives[bin--]!;
    }
    const size = sizeOf(bin);
    const taken = Math.min(size, Math.max(0, top - weight));
    const found = hits + (counts.positives[bin]! * taken) / size;
    const gain = { weight: top, share: top / all, gain: found / positives, lift: found / top / (positives / all) };
    return counts.lows === undefined ? gain : { ...gain, error: isMerged(counts, bin) ? openPart(counts, bin, taken) / positives : 0 };
  });
  return { value };
}

/** By how much the positives among `taken` of a merged bin can differ from their proportion. */
function openPart(counts: ScoredCounts, bin: number, taken: number): number {
  const positive = counts.positives[bin]!;
  const shared = (positive * taken) / (positive + counts.negatives[bin]!);
  return Math.max(Math.min(positive, taken) - shared, shared - Math.max(0, taken - counts.negatives[bin]!));
}
