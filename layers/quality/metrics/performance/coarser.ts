import { labelWeights, type ScoredCounts } from '../accuracy/index.ts';

/** Of more scores than this, intervals take neighbours together: what it moves is of no account beside the width. Values do not. */
export const MOST_APART = 2 ** 14;

/** Neighbouring scores joined into bins, each at its mean, that hold about the same part of the positives and of the negatives together: so the rarer class stays told apart. */
export function coarser(counts: ScoredCounts, bins: number): ScoredCounts {
  // Of millions, fewer are made from those.
  if (bins < MOST_APART && counts.scores.length > MOST_APART) return coarser(coarser(counts, MOST_APART), bins);
  let made = coarsened.get(counts);
  if (made === undefined) coarsened.set(counts, (made = new Map()));
  let found = made.get(bins);
  if (found === undefined) made.set(bins, (found = joinBins(counts, bins)));
  return found;
}

const coarsened = new WeakMap<ScoredCounts, Map<number, ScoredCounts>>();

function joinBins(counts: ScoredCounts, bins: number): ScoredCounts {
  const { scores, positives, negatives } = counts;
  if (scores.length <= bins) return { scores, positives, negatives };
  const known = labelWeights(counts);
  const [allPositive, allNegative] = [known.positives, known.negatives];
  const [ofPositive, ofNegative] = [allPositive, allNegative].map((all) => (all > 0 ? 1 / all : 0)) as [number, number];
  const all = allPositive * ofPositive + allNegative * ofNegative;
  const out = { scores: [] as number[], positives: [] as number[], negatives: [] as number[] };
  let [sum, positive, negative, seen] = [0, 0, 0, 0];
  for (let i = 0; i < scores.length; i++) {
    sum += (positives[i]! + negatives[i]!) * scores[i]!;
    positive += positives[i]!;
    negative += negatives[i]!;
    seen += positives[i]! * ofPositive + negatives[i]! * ofNegative;
    if (seen < ((out.scores.length + 1) * all) / bins && i + 1 < scores.length) continue;
    out.scores.push(sum / (positive + negative));
    out.positives.push(positive);
    out.negatives.push(negative);
    [sum, positive, negative] = [0, 0, 0];
  }
  return {
    scores: Float64Array.from(out.scores),
    positives: Float64Array.from(out.positives),
    negatives: Float64Array.from(out.negatives),
  };
}
