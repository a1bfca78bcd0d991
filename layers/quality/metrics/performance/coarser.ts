import type { ScoredCounts } from '../accuracy/index.ts';

/** Neighbouring scores joined into bins of about equal weight, each at its mean: what the bootstrap draws. */
export function coarser(counts: ScoredCounts, bins: number): ScoredCounts {
  let made = coarsened.get(counts);
  if (made === undefined) coarsened.set(counts, (made = new Map()));
  let found = made.get(bins);
  if (found === undefined) made.set(bins, (found = joinBins(counts, bins)));
  return found;
}

const coarsened = new WeakMap<ScoredCounts, Map<number, ScoredCounts>>();

function joinBins(counts: ScoredCounts, bins: number): ScoredCounts {
  if (counts.scores.length <= bins) return { scores: counts.scores, positives: counts.positives, negatives: counts.negatives };
  let all = 0;
  for (let i = 0; i < counts.scores.length; i++) all += counts.positives[i]! + counts.negatives[i]!;
  const out = { scores: [] as number[], positives: [] as number[], negatives: [] as number[] };
  let [sum, positive, negative, seen] = [0, 0, 0, 0];
  for (let i = 0; i < counts.scores.length; i++) {
    const weight = counts.positives[i]! + counts.negatives[i]!;
    sum += weight * counts.scores[i]!;
    positive += counts.positives[i]!;
    negative += counts.negatives[i]!;
    seen += weight;
    if (seen < ((out.scores.length + 1) * all) / bins && i + 1 < counts.scores.length) continue;
    out.scores.push(sum / (positive + negative));
    out.positives.push(positive);
    out.negatives.push(negative);
    [sum, positive, negative] = [0, 0, 0];
  }
  return out;
}
