import { formatNumber, formatShare } from '../contract/format.ts';
import { brierScore, labelWeights, logisticRecalibration, meanScore, type Recalibration } from '../metrics/accuracy/index.ts';
import type { Slice } from '../metrics/performance/slice.ts';
import { explains, shares } from './explains.ts';

type Scored = NonNullable<Slice['scored']>;

interface Means {
  rows: number;
  promised: number;
  came: number;
}

function meansOf(scored: Scored): Means {
  const { all, positives } = labelWeights(scored);
  return { rows: all, promised: meanScore(scored).value ?? Number.NaN, came: positives / all };
}

const spreadOf = ({ came }: Means): number => came * (1 - came);
const riseOf = (now: Scored, before: Scored): number => brierScore(now).value! - brierScore(before).value!;

/** That scores promise more or fewer positive labels than come, by more than `least` and chance, where all moved alike would make up for most of the loss. */
export function promises(now: Slice, before: Slice, least: number): string | null {
  const [means, then] = [meansOf(now.scored!), meansOf(before.scored!)];
  if (!promiseOther(now, means, then, least)) return null;
  const lost = (scored: Scored): number => riseOf(scored, asPromised(scored));
  if (!explains(lost(now.scored!) - lost(before.scored!), riseOf(now.scored!, before.scored!))) return null;
  return said(means, then);
}

/** What the scores promise and what came, then and now. */
export const promisedAndCame = (now: Slice, before: Slice): string | null =>
  now.scored === null || before.scored === null ? null : said(meansOf(now.scored), meansOf(before.scored));

const said = (now: Means, before: Means): string =>
  `the scores promise ${formatShare(now.promised)} positive labels and ${formatShare(now.came)} came, were ${formatShare(before.promised)} and ${formatShare(before.came)}`;

function promiseOther({ scale }: Slice, now: Means, before: Means, least: number): boolean {
  const chance = 2 * Math.sqrt(spreadOf(now) / (now.rows * scale));
  return Math.abs(now.promised - now.came) > Math.abs(before.promised - before.came) + Math.max(least, chance);
}

/** Scores whose log-odds are moved by as much as makes them promise what came. */
function asPromised(scored: Scored): Scored {
  const odds = Float64Array.from(scored.scores, (score) => score / (1 - score));
  const moved = (by: number): Scored => {
    const times = Math.exp(by);
    return { ...scored, scores: odds.map((odd) => 1 - 1 / (1 + times * odd)) };
  };
  const { came } = meansOf(scored);
  let [low, high] = [-FURTHEST, FURTHEST];
  for (let round = 0; round < ROUNDS; round++) {
    const middle = (low + high) / 2;
    if (meansOf(moved(middle)).promised < came) low = middle;
    else high = middle;
  }
  return moved((low + high) / 2);
}

const FURTHEST = 30;
const ROUNDS = 40;

/** That scores lie too far apart or too close together for what comes, where stretching all of their log-odds alike would make up for most of the loss. */
export function spreadTooFar(now: Slice, before: Slice): string | null {
  const [scored, then] = [certainNowhere(now.scored!), certainNowhere(before.scored!)];
  const [fit, was] = [logisticRecalibration(scored).value, logisticRecalibration(then).value];
  if (fit === null || was === null || !(fit.slope > 0 && was.slope > 0)) return null;
  if (!(Math.abs(Math.log(fit.slope)) > Math.abs(Math.log(was.slope)) + CLEARLY)) return null;
  const lost = riseOf(scored, recalibrated(scored, fit)) - riseOf(then, recalibrated(then, was));
  if (!explains(lost, riseOf(scored, then))) return null;
  return `the scores lie too ${fit.slope > 1 ? 'close together' : 'far apart'} for what comes (calibration slope ${formatNumber(fit.slope)}, was ${formatNumber(was.slope)}; 1 would be right)`;
}

/** A slope of 1.25 or 0.8 beside one of 1. */
const CLEARLY = Math.log(1.25);

/** Scores of 0 and 1 have no log-odds. */
const certainNowhere = (scored: Scored): Scored => ({
  ...scored,
  scores: Float64Array.from(scored.scores, (p) => Math.min(1 - LEAST, Math.max(LEAST, p))),
});

const LEAST = 1e-6;

function recalibrated(scored: Scored, { intercept, slope }: Recalibration): Scored {
  return {
    ...scored,
    scores: Float64Array.from(scored.scores, (score) => 1 / (1 + Math.exp(-intercept - slope * Math.log(score / (1 - score))))),
  };
}

/** That labels are nearer to half and half, where the Brier score of the best constant rose by most of what the scores' did; and what scores promise, where that is off. */
export function harder(now: Slice, before: Slice, least: number): string | null {
  const [means, then] = [meansOf(now.scored!), meansOf(before.scored!)];
  if (!explains(spreadOf(means) - spreadOf(then), riseOf(now.scored!, before.scored!))) return null;
  const promised = promiseOther(now, means, then, least) ? `, and the scores promise ${formatShare(means.promised)}` : '';
  return `labels are harder to foresee (${shares(means.came, then.came)} positive)${promised}`;
}
