import { type Found, NOT_PROBABILITIES, ONE_CLASS } from './found.ts';
import { areProbabilities, labelWeights, type ScoredCounts } from './scored-counts.ts';

export interface Recalibration {
  intercept: number;
  slope: number;
  /** The intercept with the slope held at 1: calibration in the large, in logits. */
  interceptWithSlope1: number;
}

const ROUNDS = 100;

/**
 * Maximum likelihood of label on logit(score): intercept 0 and slope 1 when calibrated, slope below 1 when scores are too extreme. Newton's
 * method with halved steps. Merged bins stand at their means. Null with one class, with scores at or outside 0 and 1, with a single score, or
 * where the classes separate (no finite maximum). Cox (1958).
 */
export function logisticRecalibration(counts: ScoredCounts): Found<Recalibration> {
  const { positives, negatives } = labelWeights(counts);
  const none = (reason: string): Found<Recalibration> => ({ value: null, reason });
  if (!(positives > 0 && negatives > 0)) return none(ONE_CLASS);
  if (!areProbabilities(counts)) return none(NOT_PROBABILITIES);
  const logits = Array.from(counts.scores, (score) => Math.log(score / (1 - score)));
  if (logits.some((logit) => !Number.isFinite(logit))) return none('scores of exactly 0 or 1');
  if (logits.length < 2) return none('a single score');
  if (separate(counts)) return none('the classes separate: no finite fit');
  const free = maximise(counts, logits, [0, 1], true);
  const held = maximise(counts, logits, [0, 1], false);
  if (free === null || held === null) return none('the fit did not converge');
  return { value: { intercept: free[0], slope: free[1], interceptWithSlope1: held[0] } };
}

/** Whether one threshold parts positives from negatives, up to rows on it: then the likelihood grows without end. */
function separate({ positives, negatives }: ScoredCounts): boolean {
  const [hits, misses] = [positives, negatives].map((weights) => Array.from(weights, (weight) => weight > 0)) as [boolean[], boolean[]];
  return hits.lastIndexOf(true) <= misses.indexOf(true) || misses.lastIndexOf(true) <= hits.indexOf(true);
}

function maximise(counts: ScoredCounts, logits: number[], start: [number, number], slope: boolean): [number, number] | null {
  let [a, b] = start;
  let loss = lossAt(counts, logits, a, b);
  for (let round = 0; round < ROUNDS; round++) {
    const { gradient, curvature } = derivatives(counts, logits, a, b);
    const determinant = slope ? curvature[0] * curvature[2] - curvature[1] ** 2 : curvature[0];
    if (!(determinant > 0)) return null;
    let stepA = slope ? (curvature[2] * gradient[0] - curvature[1] * gradient[1]) / determinant : gradient[0] / determinant;
    let stepB = slope ? (curvature[0] * gradient[1] - curvature[1] * gradient[0]) / determinant : 0;
    let next = lossAt(counts, logits, a + stepA, b + stepB);
    for (let half = 0; half < 40 && !(next <= loss * (1 + 1e-14)); half++) {
      stepA /= 2;
      stepB /= 2;
      next = lossAt(counts, logits, a + stepA, b + stepB);
    }
    a += stepA;
    b += stepB;
    loss = next;
    if (Math.abs(stepA) <= 1e-12 * (1 + Math.abs(a)) && Math.abs(stepB) <= 1e-12 * (1 + Math.abs(b))) return [a, b];
  }
  return null;
}

/** −log likelihood, by ln(1 + eˣ) that neither overflows nor loses digits. */
function lossAt({ positives, negatives }: ScoredCounts, logits: number[], a: number, b: number): number {
  const softplus = (x: number): number => Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)));
  return logits.reduce((sum, logit, i) => sum + positives[i]! * softplus(-a - b * logit) + negatives[i]! * softplus(a + b * logit), 0);
}

function derivatives({ positives, negatives }: ScoredCounts, logits: number[], a: number, b: number) {
  const gradient: [number, number] = [0, 0];
  const curvature: [number, number, number] = [0, 0, 0];
  logits.forEach((logit, i) => {
    const fitted = 1 / (1 + Math.exp(-a - b * logit));
    const weight = positives[i]! + negatives[i]!;
    const residual = positives[i]! - weight * fitted;
    const spread = weight * fitted * (1 - fitted);
    gradient[0] += residual;
    gradient[1] += residual * logit;
    curvature[0] += spread;
    curvature[1] += spread * logit;
    curvature[2] += spread * logit * logit;
  });
  return { gradient, curvature };
}
