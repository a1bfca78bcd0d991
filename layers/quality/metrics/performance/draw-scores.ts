import { countBootstrap } from '../../math/intervals/count-bootstrap.ts';
import type { Interval } from '../../math/intervals/interval.ts';
import type { ScoredCounts } from '../accuracy/index.ts';
import type { Outcome } from '../outcome.ts';
import { coarser } from './coarser.ts';

/** Bins at most that are drawn; rows of more distinct scores are joined to so many. */
const MOST_DRAWN = 250;
const ROUNDS = 400;

export interface ScoreDraw {
  of: (counts: ScoredCounts) => Outcome;
  /** Rows that a weight of 1 stands for. */
  scale: number;
  seed: string;
}

/** The interval of a score metric: its positives and negatives drawn anew, score by score; what joining scores does to the value is taken off. */
function scoreInterval(scored: ScoredCounts, draw: ScoreDraw): Interval | null {
  const value = draw.of(scored).value;
  const centre = draw.of(coarser(scored, MOST_DRAWN)).value;
  if (value === null || centre === null) return null;
  const drawn = drawScores(scored, draw);
  return drawn === null ? null : [drawn[0] + value - centre, drawn[1] + value - centre];
}

/**
 * The interval of a calibration error, which is never below 0 and of few rows never near it: as of any score metric, but from 0 on where labels drawn
 * by the scores themselves would come to as much in more than one of 40 draws.
 */
export function calibrationInterval(scored: ScoredCounts, draw: ScoreDraw): Interval | null {
  const interval = scoreInterval(scored, draw);
  if (interval === null) return null;
  const { scores, positives, negatives } = coarser(scored, MOST_DRAWN);
  const weight = Float64Array.from(scores, (_, i) => positives[i]! + negatives[i]!);
  const calibrated: ScoredCounts = {
    scores,
    positives: weight.map((rows, i) => rows * scores[i]!),
    negatives: weight.map((rows, i) => rows * (1 - scores[i]!)),
  };
  const byChance = drawScores(calibrated, { ...draw, seed: `${draw.seed} calibrated` });
  return byChance !== null && byChance[1] >= draw.of(scored).value! ? [0, interval[1]] : interval;
}

function drawScores(scored: ScoredCounts, { of, scale, seed }: ScoreDraw): Interval | null {
  const { scores, positives, negatives } = coarser(scored, MOST_DRAWN);
  const cells = Array.from({ length: 2 * scores.length }, (_, i) => (i % 2 === 0 ? positives : negatives)[i >> 1]! * scale);
  const pick = (drawn: Float64Array, odd: number): Float64Array => drawn.filter((_, i) => i % 2 === odd);
  return countBootstrap(cells, (drawn) => of({ scores, positives: pick(drawn, 0), negatives: pick(drawn, 1) }).value, {
    seed,
    rounds: ROUNDS,
  }).interval;
}
