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
export const PRECISION_PRIOR: RankingPrior = { varianceOf: (theta, positives) => (theta * (1 - theta)) / positives, weight: 5 };

/** Part of the variance of a mean over classes that is left where their rankings have the errors of the same rows in common; by coverage (docs/verdicts.md). */
const COMMON = 0.5;

/**
 * Degrees of freedom of the variances of several classes together, each known with its rows less one: 1/√ν is the mean of 1/√(rows − 1) by the parts of the
 * classes in what is expected (the same at every θ), as if they were off together (a variance is off by √(2/ν) of itself).
 */
function freedomOf(classes: { rows: number; part: number }[]): number {
  const whole = classes.reduce((sum, { part }) => sum + part, 0);
  return classes.reduce((sum, { rows, part }) => sum + part / whole / Math.sqrt(Math.max(0, rows - 1)), 0) ** -2;
}

/**
 * Interval of a mean over classes of how each is ranked against the rest (ROC AUC, average precision): the θ with |value − θ| ≤ t √(c B(θ)). B is what the
 * sizes of the classes let expect, c = (ν V/B + w)/(ν + w) by how much the variance V of the rows' parts is off (see rankDeviation), known with ν degrees of freedom
 * (see freedomOf); t has ν + w. So a table that parts the classes has an interval too, as of two classes (aucInterval). Null without one
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
  if (!(Math.min(...sizes) > 0)) return null;
  const own = freedomOf(sizes.map((size) => ({ rows: size, part: varianceOf(0.5, size, all - size) })));
  const expected = (theta: number): number =>
    COMMON * (sizes.reduce((sum, size) => sum + Math.sqrt(varianceOf(theta, size, all - size)), 0) / sizes.length) ** 2;
  const variance = rankDeviation(rows, perClass, parts) ** 2 / all;
  const ratio = expected(value) > 0 ? variance / expected(value) : 1;
  const moderated = (own * ratio + weight) / (own + weight);
  const [low, high] = scoreEnds(value, studentTOf(0.95, own + weight), (theta) => moderated * expected(theta));
  return [Math.min(low, value), Math.max(high, value)];
}
