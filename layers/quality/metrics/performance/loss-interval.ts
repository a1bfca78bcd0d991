import { clipProbability, LEAST_PROBABILITY } from '../../math/clip-probability.ts';
import { type Interval, midPGamma } from '../../math/intervals/index.ts';
import { areProbabilities, labelWeights, type ScoredCounts } from '../accuracy/index.ts';

/** Loss of a positive, and of a negative row of a score. */
export interface Loss {
  ofPositive(score: number): number;
  ofNegative(score: number): number;
  /** It is never more. */
  most: number;
}
export const SQUARED: Loss = { ofPositive: (score) => (1 - score) ** 2, ofNegative: (score) => score ** 2, most: 1 };
export const LOGARITHMIC: Loss = {
  ofPositive: (score) => -Math.log(clipProbability(score)),
  ofNegative: (score) => -Math.log(1 - clipProbability(score)),
  most: -Math.log(LEAST_PROBABILITY),
};

/**
 * Interval of a mean loss of scores (Brier, cross-entropy) over n rows: midPGamma of the mean, its variance over rows, and one more row of loss w. The losses
 * of a rare class are few and large, and a table may happen to have none: w = Σ l³/Σ l², the losses by which the sum is skewed, over the rows or over both
 * labels of each as its score has them, whichever is more. So it ends above a loss of no positives. With few positives no interval can lie below where that of
 * none ends: up to there its lower end leaves out all 5 % (see lowerEnd). Null with fewer than two rows, and for scores outside 0 to 1.
 */
export function lossInterval(counts: ScoredCounts, scale: number, loss: Loss): Interval | null {
  const { all, positives } = labelWeights(counts);
  const rows = all * scale;
  if (!(rows > 1) || !areProbabilities(counts)) return null;
  const found = meanOf(counts, rows, loss);
  const [low, high] = midPGamma(...found);
  const none = positives * scale > FEW ? null : meanOf(negative(counts), rows, loss);
  const near = none !== null && none[0] < found[0] ? Math.min(midPGamma(...found, 0.9)[0], midPGamma(...none)[1]) : 0;
  return [Math.max(low, near), Math.min(loss.most, high)];
}

type Mean = [mean: number, variance: number, part: number];

/** A table of more positives never looks like one of none; nor does one where none would not lower the loss. */
const FEW = 10;

const negative = ({ scores, positives, negatives }: ScoredCounts): ScoredCounts => ({
  scores,
  positives: new Float64Array(scores.length),
  negatives: Float64Array.from(scores, (_, i) => positives[i]! + negatives[i]!),
});

function meanOf(counts: ScoredCounts, rows: number, loss: Loss): Mean {
  const { all } = labelWeights(counts);
  const [seen, promised] = [new Float64Array(3), new Float64Array(3)];
  for (let i = 0; i < counts.scores.length; i++) {
    const score = counts.scores[i]!;
    const [positive, negative] = [counts.positives[i]!, counts.negatives[i]!];
    const weight = positive + negative;
    const [ofPositive, ofNegative] = [loss.ofPositive(score), loss.ofNegative(score)];
    let [high, low] = [1, 1];
    for (let power = 0; power < 3; power++) {
      high *= ofPositive;
      low *= ofNegative;
      seen[power]! += positive * high + negative * low;
      promised[power]! += weight * (score * high + (1 - score) * low);
    }
  }
  return lossMean({ seen, promised, most: loss.most }, all, rows);
}

/** Σ l, Σ l², Σ l³ of what was seen and of what the scores promise, and the most a row can lose. */
export interface Losses {
  seen: Float64Array;
  promised: Float64Array;
  most: number;
}
/** Scores of 0 and 1 that all are right lose and promise nothing, but for what logarithms are kept from 0. */
const NEXT_TO_NONE = 1e-12;

/** Mean, variance and one more loss. */
export function lossMean({ seen, promised, most }: Losses, all: number, rows: number): Mean {
  const mean = seen[0]! / all;
  const variance = Math.max(0, seen[1]! / all - mean * mean) / (rows - 1);
  const part = Math.max(skewing(seen), skewing(promised));
  return [mean, variance, (part > NEXT_TO_NONE ? part : most) / rows];
}

const skewing = ([, squares, cubes]: Float64Array): number => (squares! > 0 ? cubes! / squares! : 0);
