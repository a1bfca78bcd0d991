import { total } from '../../math/total.ts';
import { mergeSorted, sortWeighed, type Weighed } from './merge-sorted.ts';

/**
 * Labels by score: weight of positive and of negative rows in bins of ascending score; every bin has weight. Without `lows` and `highs` each
 * bin is one distinct score, and what is computed is exact. With them a bin holds rows of lows[i] ≤ score ≤ highs[i] (bins do not overlap) and
 * `scores` its weighted mean; values then carry a bound of their error.
 */
export interface ScoredCounts {
  scores: ArrayLike<number>;
  positives: ArrayLike<number>;
  negatives: ArrayLike<number>;
  lows?: ArrayLike<number>;
  highs?: ArrayLike<number>;
  /** Weight of rows without a label in a bin, whose scores its mean counts too; absent where it counts labelled rows alone. */
  others?: ArrayLike<number>;
}

/** Counts of rows of finite score with label 1 or another. Rows without weight are left out. */
export function scoredCounts(scores: ArrayLike<number>, labels: ArrayLike<number>, weights?: ArrayLike<number>): ScoredCounts {
  const sideOf = (positive: boolean): Weighed => {
    let count = 0;
    for (let i = 0; i < labels.length; i++) if ((labels[i] === 1) === positive) count++;
    const side = { scores: new Float64Array(count), weights: weights === undefined ? null : new Float64Array(count) };
    for (let i = 0, at = 0; i < labels.length; i++) {
      if ((labels[i] === 1) !== positive) continue;
      side.scores[at] = scores[i]!;
      if (side.weights !== null) side.weights[at] = weights![i]!;
      at++;
    }
    return sortWeighed(side);
  };
  return mergeSorted(sideOf(true), sideOf(false));
}

/** Distinct scores merged into the bins between ascending edges: edges[i − 1] ≤ score < edges[i], outer bins open; empty bins left out. */
export function binScored(
  { scores, positives, negatives }: ScoredCounts,
  edges: ArrayLike<number>,
): Required<Omit<ScoredCounts, 'others'>> {
  const out = { scores: [] as number[], positives: [] as number[], negatives: [] as number[], lows: [] as number[], highs: [] as number[] };
  let edge = 0;
  let last = -1;
  for (let i = 0; i < scores.length; i++) {
    while (edge < edges.length && scores[i]! >= edges[edge]!) edge++;
    if (edge !== last) {
      for (const column of [out.scores, out.positives, out.negatives]) column.push(0);
      out.lows.push(scores[i]!);
      out.highs.push(scores[i]!);
      last = edge;
    }
    const bin = out.lows.length - 1;
    out.highs[bin] = scores[i]!;
    out.scores[bin]! += scores[i]! * (positives[i]! + negatives[i]!);
    out.positives[bin]! += positives[i]!;
    out.negatives[bin]! += negatives[i]!;
  }
  out.scores = out.scores.map((sum, bin) => clamp(sum / (out.positives[bin]! + out.negatives[bin]!), out.lows[bin]!, out.highs[bin]!));
  return out;
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

export interface LabelWeights {
  positives: number;
  negatives: number;
  all: number;
}

/** Computed once for each counts, which are never changed and may be millions, however often it is asked for. */
export function once<T>(compute: (counts: ScoredCounts) => T): (counts: ScoredCounts) => T {
  const known = new WeakMap<ScoredCounts, { of: T }>();
  return (counts) => {
    let found = known.get(counts);
    if (found === undefined) known.set(counts, (found = { of: compute(counts) }));
    return found.of;
  };
}

export const labelWeights = once((counts): LabelWeights => {
  const positives = total(counts.positives);
  const negatives = total(counts.negatives);
  return { positives, negatives, all: positives + negatives };
});

export const lowOf = (counts: ScoredCounts, bin: number): number => (counts.lows ?? counts.scores)[bin]!;
export const highOf = (counts: ScoredCounts, bin: number): number => (counts.highs ?? counts.scores)[bin]!;

/** Whether a bin holds several scores. */
export const isMerged = (counts: ScoredCounts, bin: number): boolean =>
  counts.highs !== undefined && lowOf(counts, bin) < highOf(counts, bin);

/** Whether all scores can be probabilities of the positive class. */
export const areProbabilities = (counts: ScoredCounts): boolean =>
  counts.scores.length === 0 || (lowOf(counts, 0) >= 0 && highOf(counts, counts.scores.length - 1) <= 1);
