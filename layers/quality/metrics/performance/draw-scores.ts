import { countBootstrap } from '../../math/intervals/count-bootstrap.ts';
import type { Interval } from '../../math/intervals/interval.ts';
import { intervalFromZero } from '../../math/intervals/interval-from-zero.ts';
import { total } from '../../math/total.ts';
import { wilsonInterval } from '../../math/wilson-interval.ts';
import { labelWeights, type ScoredCounts } from '../accuracy/index.ts';
import type { Outcome } from '../outcome.ts';
import { coarser } from './coarser.ts';
import type { Spread } from './performance-metric.ts';

/** Bins at most that are drawn; rows of more distinct scores are joined to so many. */
const MOST_DRAWN = 250;
const ROUNDS = 400;

export interface ScoreDraw {
  of: (counts: ScoredCounts) => Outcome;
  /** Rows that a weight of 1 stands for. */
  scale: number;
  seed: string;
}

/**
 * The interval of a calibration error, from 0 on (see intervalFromZero; as if it were 0: labels drawn by the scores themselves): its positives and negatives
 * drawn anew, score by score. What joining scores does to the value is taken off, and what drawing does: gaps that are drawn anew are larger
 * on average, by as much as those of the rows exceed the truth's (Efron's bias, 1979). Scores of 0 and 1 that all are right do not vary: Wilson's, of no error.
 */
export function calibrationInterval(scored: ScoredCounts, draw: ScoreDraw): Interval | null {
  const joined = coarser(scored, MOST_DRAWN);
  const [value, centre] = [draw.of(scored).value, draw.of(joined).value];
  const [draws, atZero] = [drawScores(joined, draw), drawScores(calibrated(joined), { ...draw, seed: `${draw.seed} calibrated` })];
  if (value === null || centre === null || draws === null || atZero === null) return null;
  if ([...draws, ...atZero].every((each) => each === 0)) return wilsonInterval(0, labelWeights(scored).all * draw.scale);
  const bias = Math.max(0, total(draws) / draws.length - centre);
  return intervalFromZero(
    value,
    draws.map((each) => each + value - centre - bias),
    atZero,
  );
}

/** A calibration error of so many rows, drawn from those of a baseline: few have a larger one, though nothing changed. */
export function calibrationOf(scored: ScoredCounts, rows: number, { of, seed }: Omit<ScoreDraw, 'scale'>): DrawnSpread | null {
  const joined = coarser(scored, MOST_DRAWN);
  const [value, centre] = [of(scored).value, of(joined).value];
  const draws = drawScores(joined, { of, scale: rows / labelWeights(joined).all, seed: `${seed} of ${rows} rows` });
  if (value === null || centre === null || draws === null) return null;
  const mean = total(draws) / draws.length;
  return { value: mean + value - centre, variance: total(draws.map((each) => (each - mean) ** 2)) / (draws.length - 1) };
}

type DrawnSpread = Pick<Spread, 'value' | 'variance'>;

function calibrated({ scores, positives, negatives }: ScoredCounts): ScoredCounts {
  const weight = Float64Array.from(scores, (_, i) => positives[i]! + negatives[i]!);
  return {
    scores,
    positives: weight.map((rows, i) => rows * scores[i]!),
    negatives: weight.map((rows, i) => rows * (1 - scores[i]!)),
  };
}

function drawScores({ scores, positives, negatives }: ScoredCounts, { of, scale, seed }: ScoreDraw): number[] | null {
  const cells = Array.from({ length: 2 * scores.length }, (_, i) => (i % 2 === 0 ? positives : negatives)[i >> 1]! * scale);
  const pick = (drawn: Float64Array, odd: number): Float64Array => drawn.filter((_, i) => i % 2 === odd);
  return countBootstrap(cells, (drawn) => of({ scores, positives: pick(drawn, 0), negatives: pick(drawn, 1) }).value, {
    seed,
    rounds: ROUNDS,
  }).values;
}
