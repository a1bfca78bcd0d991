import { type Estimated, held, type Interval, noEstimate } from './interval.ts';
import type { LabelledScores } from './labelled-scores.ts';
import { zOf } from './z-of.ts';

export interface AucEstimate extends Estimated {
  positives: number;
  negatives: number;
  /** var(V10)/m + var(V01)/n; null with fewer than two rows of a class. */
  variance: number | null;
  /** The interval on the log-odds scale: within (0, 1) by itself, and nearer its level for an AUC near 1. Null where `interval` is. */
  logitInterval: Interval | null;
}

/**
 * ROC AUC with DeLong's interval, AUC ± z√V, held within [0, 1]. V = var(V10)/m + var(V01)/n over m positives and n negatives, variances over
 * m − 1 and n − 1; V10 of a positive is the share of negatives below it, V01 of a negative the share of positives above it, ties one half
 * (equal to Sun and Xu's mid-ranks). From counts by distinct score it is exact; from bins it is that of the binned score. Null without one
 * of the classes. For a high AUC of few rows the plain interval is too short (AUC 0.97, 20 positives of 200: holds the truth in 81 %), on the
 * logit less so (90 %); reports print aucInterval. No interval with fewer than two rows of a class, nor where V is 0 (classes parted by the
 * score, or one score for all).
 * DeLong et al. (1988), doi:10.2307/2531595; Sun & Xu (2014), doi:10.1109/LSP.2014.2337313; logit: Pepe (2003), 5.2.
 */
export function delong({ positives, negatives }: LabelledScores, confidence = 0.95): AucEstimate {
  const above = placements(positives, negatives);
  const below = placements(negatives, positives);
  const found = {
    positives: above.rows,
    negatives: below.rows,
    variance: null as number | null,
    logitInterval: null,
  };
  if (above.rows === 0 || below.rows === 0) return { ...found, ...noEstimate('one class only') };
  const auc = above.mean;
  if (above.rows < 2 || below.rows < 2) return { ...found, ...noEstimate('no interval of a single row of a class', auc) };
  const [ofPositives, ofNegatives] = [above, below].map(({ squares, rows }) => squares / (rows - 1) / rows);
  const variance = ofPositives! + ofNegatives!;
  found.variance = variance;
  if (!(variance > 0)) return { ...found, ...noEstimate('no interval: the score parts the classes, or is the same for all', auc) };
  const half = zOf(confidence) * Math.sqrt(variance);
  return {
    ...{ ...found, value: auc, interval: held([auc - half, auc + half], 0, 1) },
    logitInterval: onLogits(auc, half),
  };
}

/** A half-width carried to the log-odds, and back. */
function onLogits(auc: number, half: number): Interval {
  const logit = Math.log(auc / (1 - auc));
  const spread = half / (auc * (1 - auc));
  return [1 / (1 + Math.exp(spread - logit)), 1 / (1 + Math.exp(-spread - logit))];
}

/** Of each row of one class the share of the other below it, ties one half: rows, mean and sum of squares about the mean. */
function placements(own: ArrayLike<number>, other: ArrayLike<number>) {
  let rows = 0;
  let all = 0;
  let pairs = 0;
  for (let i = 0; i < own.length; i++) {
    pairs += own[i]! * (all + other[i]! / 2);
    rows += own[i]!;
    all += other[i]!;
  }
  const mean = pairs / (rows * all);
  let squares = 0;
  for (let i = 0, below = 0; i < own.length; below += other[i++]!) squares += own[i]! * ((below + other[i]! / 2) / all - mean) ** 2;
  return { rows, mean, squares };
}
