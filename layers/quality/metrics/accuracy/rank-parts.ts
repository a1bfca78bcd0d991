import type { ClassProbabilities } from './class-probabilities.ts';
import { labelWeights, type ScoredCounts } from './scored-counts.ts';

/** By distinct score, what a positive and what a negative row there adds to a metric, as a deviation: its influence, whose mean over the rows is 0. */
export interface RankParts {
  positive: Float64Array;
  negative: Float64Array;
}

/**
 * Of ROC AUC: the share of the other class a row is rightly ranked against (ties one half) less the AUC, over the share of its own class.
 * DeLong et al. (1988), doi:10.2307/2531595.
 */
export function placementParts(counts: ScoredCounts, auc: number): RankParts {
  const { positives: hits, negatives: misses, all } = labelWeights(counts);
  const parts = noParts(counts);
  for (let i = 0, found = 0, missed = 0; i < counts.scores.length; i++) {
    const [positive, negative] = [counts.positives[i]!, counts.negatives[i]!];
    parts.positive[i] = (((missed + negative / 2) / misses - auc) * all) / hits;
    parts.negative[i] = (((hits - found - positive / 2) / hits - auc) * all) / misses;
    found += positive;
    missed += negative;
  }
  return parts;
}

/**
 * Of average precision, with P(t) the precision and F(t) the share of rows at scores from t on, both averaged over the positives at t up to a row's score:
 * of a positive (P − AP) over the share of positives, and the mean of (1 − P(t))/F(t); of a negative less that of P(t)/F(t).
 */
export function precisionParts(counts: ScoredCounts, precision: number): RankParts {
  const { scores, positives, negatives } = counts;
  const { positives: hits, all } = labelWeights(counts);
  const [parts, aboves] = [noParts(counts), new Float64Array(scores.length)];
  // From the highest: what is added up there is never below 0, as what is taken off at the end might be.
  for (let i = scores.length - 1, found = 0, above = 0; i >= 0; i--) {
    found += positives[i]!;
    above += positives[i]! + negatives[i]!;
    parts.positive[i] = found / above;
    aboves[i] = above;
  }
  let [gained, lost] = [0, 0];
  for (let i = 0; i < scores.length; i++) {
    const [share, here] = [parts.positive[i]!, positives[i]! / hits];
    gained += (here * (1 - share) * all) / aboves[i]!;
    lost += (here * share * all) / aboves[i]!;
    parts.positive[i] = ((share - precision) * all) / hits + gained;
    parts.negative[i] = -lost;
  }
  return parts;
}

const noParts = ({ scores }: ScoredCounts): RankParts => ({
  positive: new Float64Array(scores.length),
  negative: new Float64Array(scores.length),
});

/**
 * Deviation of one row's part in a mean over classes, each against the rest: of n rows the mean's standard error is deviation/√n. A row is in every class's
 * ranking, so what their errors have in common is in it. Hampel (1974), doi:10.1080/01621459.1974.10482962.
 */
export function rankDeviation(rows: ClassProbabilities, perClass: ScoredCounts[], parts: RankParts[]): number {
  const { classes, labels, probabilities, weights } = rows;
  const places = perClass.map(({ scores }) => placesIn(scores));
  let [squares, all] = [0, 0];
  for (let i = 0; i < labels.length; i++) {
    const weight = weights?.[i] ?? 1;
    if (!(weight > 0)) continue;
    let part = 0;
    for (let k = 0; k < classes; k++) {
      const at = places[k]!(probabilities[i * classes + k]!);
      part += (labels[i] === k ? parts[k]!.positive : parts[k]!.negative)[at]!;
    }
    squares += weight * (part / classes) ** 2;
    all += weight;
  }
  return Math.sqrt(squares / all);
}

/** Where a score is among ascending ones: looked for within one of as many buckets of equal width. */
function placesIn(scores: ArrayLike<number>): (score: number) => number {
  const [low, last] = [scores[0]!, scores.length - 1];
  const scale = last / (scores[last]! - low) || 0;
  const bucketOf = (score: number): number => ((score - low) * scale) | 0;
  const first = new Uint32Array(last + 2);
  for (let i = 0, bucket = 0; i <= last; i++) while (bucket < bucketOf(scores[i]!)) first[++bucket] = i;
  return (score) => {
    const bucket = bucketOf(score);
    let [from, to] = [first[bucket]!, first[bucket + 1] || last];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (scores[middle]! < score) from = middle + 1;
      else to = middle;
    }
    return from;
  };
}
