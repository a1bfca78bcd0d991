import { type Interval, newcombeAucVariance, scoreEnds, studentTOf } from '../../math/intervals/index.ts';
import { type ClassProbabilities, classWeights, type ScoredCounts } from '../accuracy/index.ts';
import { type RankParts, rankDeviation } from '../accuracy/rank-parts.ts';

/** Rows that weigh as much as the weighted ones (Kish 1965). */
function rowsOf({ labels, weights }: ClassProbabilities): number {
  if (weights === undefined) return labels.length;
  let [all, squares] = [0, 0];
  for (let i = 0; i < labels.length; i++) {
    all += weights[i]!;
    squares += weights[i]! ** 2;
  }
  return squares > 0 ? all ** 2 / squares : 0;
}

/** What the sizes of the classes alone let expect of a ranking: the variance of one class's against the rest at θ, and as how many degrees of freedom it weighs. */
export interface RankingPrior {
  varianceOf(theta: number, positives: number, negatives: number): number;
  weight: number;
}
export const AUC_PRIOR: RankingPrior = { varianceOf: newcombeAucVariance, weight: 6 };
export const PRECISION_PRIOR: RankingPrior = { varianceOf: (theta, positives) => (theta * (1 - theta)) / positives, weight: 3 };

/** Part of the variance of a mean over classes that is left where their rankings have the errors of the same rows in common; by coverage (docs/verdicts.md). */
const COMMON = 0.5;

/**
 * Interval of a mean over classes of how each is ranked against the rest (ROC AUC, average precision): the θ with |value − θ| ≤ t √(c B(θ)). B is what the
 * sizes of the classes let expect, c = (ν V/B + w)/(ν + w) by how much the variance V of the rows' parts is off (see rankDeviation), known with ν degrees of freedom,
 * the rows of the rarest class less one; t has ν + w. So a table that parts the classes has an interval too, as of two classes (aucInterval). Null without one
 * of the classes.
 */
export function rankingInterval(
  rows: ClassProbabilities,
  perClass: ScoredCounts[],
  parts: RankParts[],
  value: number,
  { varianceOf, weight }: RankingPrior,
): Interval | null {
  const all = rowsOf(rows);
  const weights = classWeights(rows);
  const scale = all / weights.reduce((sum, each) => sum + each, 0);
  const sizes = Array.from(weights, (each) => each * scale);
  const own = Math.max(0, Math.min(...sizes) - 1);
  const expected = (theta: number): number =>
    COMMON * (sizes.reduce((sum, size) => sum + Math.sqrt(varianceOf(theta, size, all - size)), 0) / sizes.length) ** 2;
  const variance = rankDeviation(rows, perClass, parts) ** 2 / all;
  if (!(Math.min(...sizes) > 0)) return null;
  const ratio = expected(value) > 0 ? variance / expected(value) : 1;
  const moderated = (own * ratio + weight) / (own + weight);
  const [low, high] = scoreEnds(value, studentTOf(0.95, own + weight), (theta) => moderated * expected(theta));
  return [Math.min(low, value), Math.max(high, value)];
}
