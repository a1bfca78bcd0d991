import {
  bootstrapRounds,
  drawnInterval,
  drawnValues,
  type Interval,
  intervalFromZero,
  newcombeDifference,
  PRIOR_ROWS,
  posteriorRounds,
} from '../../math/intervals/index.ts';
import type { Outcome } from '../outcome.ts';
import type { Split } from './cross-table.ts';
import { type GroupCounts, labelsOf, predictionsOf, scaledCounts, scaleOf, timesCounts } from './group-counts.ts';
import type { Fraction } from './reading.ts';
import { shareRatio } from './share-ratio.ts';

type Cell = Exclude<keyof GroupCounts, 'rows'>;
/** Rows with a label and a prediction, with one of them, with neither. */
const KINDS: Cell[][] = [
  ['tp', 'fp', 'fn', 'tn'],
  ['positiveLabel', 'negativeLabel'],
  ['positivePrediction', 'negativePrediction'],
  ['neither'],
];

const labels = (counts: GroupCounts): Fraction => {
  const { positive, negative } = labelsOf(counts);
  return [positive, positive + negative];
};
const predictions = (counts: GroupCounts): Fraction => {
  const { positive, negative } = predictionsOf(counts);
  return [positive, positive + negative];
};

type Share = (counts: GroupCounts) => Fraction;
/** Metrics that are a difference of two shares: which share, others less facet unless it is the other way round. */
const DIFFERENCES: Record<string, { share: Share; facetFirst?: boolean }> = {
  DPL: { share: labels },
  DPPL: { share: predictions },
  AD: { share: ({ tp, fp, fn, tn }) => [tp + tn, tp + fp + fn + tn] },
  RD: { share: ({ tp, fn }) => [tp, tp + fn] },
  SD: { share: ({ fp, tn }) => [tn, fp + tn], facetFirst: true },
  DAR: { share: ({ tp, fp }) => [tp, tp + fp] },
  DRR: { share: ({ fn, tn }) => [tn, fn + tn], facetFirst: true },
};

/** Distances of both sides' labels: 0 where they are alike, never below. */
const DISTANCES = new Set(['JS', 'KL', 'KS', 'LP', 'TVD']);

/**
 * 95 % interval of one of Clarify's metrics, of weights as of the rows that would tell as much: Newcombe's for differences of shares, that of a ratio
 * (shareRatio) for disparate impact; for the rest the cells of both sides are drawn (see countPosterior, and of distances distanceInterval). Null where the
 * value is without strata, and where the method has none.
 */
export function fairnessInterval(code: string, split: Split, compute: (split: Split) => Outcome, seed: string): Interval | null {
  const [facet, rest] = [scaledCounts(split.facet), scaledCounts(split.rest)];
  if (compute({ facet: split.facet, rest: split.rest }).value === null) return null;
  const difference = DIFFERENCES[code];
  if (difference !== undefined) {
    const [first, second] = difference.facetFirst ? [facet, rest] : [rest, facet];
    return newcombeDifference(...difference.share(first), ...difference.share(second)).interval;
  }
  if (code === 'DI') return shareRatio(predictions(facet), predictions(rest)).interval;
  const sides = [facet, rest];
  // What adds up both sides wants their weights, not the rows they tell as much as.
  const statistic: OfGroups = ([f, r]) => compute({ facet: asWeights(f!, split.facet), rest: asWeights(r!, split.rest) }).value;
  return (DISTANCES.has(code) ? distanceInterval : statisticInterval)(sides, statistic, roundsOf(sides, seed));
}

const asWeights = (drawn: GroupCounts, counts: GroupCounts): GroupCounts => timesCounts(drawn, 1 / scaleOf(counts));

type OfGroups = (groups: readonly GroupCounts[]) => number | null;

/** Groups with their cells drawn anew, a round each. */
interface Rounds {
  /** From what was counted. */
  now: GroupCounts[][];
  /** As tables of groups that are alike would be drawn, and, where one of too few rows has no value, as they may be. */
  alike(): GroupCounts[][];
  mayBeAlike(): GroupCounts[][];
}

/** Interval of a statistic of several groups' counts by drawing their cells: those of the kinds of rows that some group has. */
export const drawn = (groups: readonly GroupCounts[], statistic: OfGroups, seed: string): Interval | null =>
  statisticInterval(groups, statistic, roundsOf(groups, seed));

function statisticInterval(groups: readonly GroupCounts[], statistic: OfGroups, { now }: Rounds): Interval | null {
  const value = statistic(groups);
  const draws = drawnValues(now, statistic).values;
  return value === null || !Number.isFinite(value) || draws === null ? null : drawnInterval(value, draws);
}

/** The same of one that is 0 where the groups are alike, and never below: from 0 on (see intervalFromZero). */
function distanceInterval(groups: readonly GroupCounts[], statistic: OfGroups, { now, alike, mayBeAlike }: Rounds): Interval | null {
  const value = statistic(groups);
  const draws = drawnValues(now, statistic).values;
  const atZero = drawnValues(alike(), statistic).values ?? drawnValues(mayBeAlike(), statistic).values;
  return value === null || draws === null || atZero === null ? null : intervalFromZero(value, draws, atZero);
}

/** The last that were drawn: all metrics of a group are of the same. */
let last: { key: string; rounds: Rounds } | null = null;

function roundsOf(groups: readonly GroupCounts[], seed: string): Rounds {
  const key = JSON.stringify([groups, seed]);
  if (last?.key !== key) last = { key, rounds: newRounds(groups, seed) };
  return last.rounds;
}

function newRounds(groups: readonly GroupCounts[], seed: string): Rounds {
  const [now, same] = [cellsOf(groups), cellsOf(alike(groups))];
  // Jeffreys' prior of each group: two rows spread over its cells.
  const prior = now.counts.map(() => (PRIOR_ROWS * groups.length) / now.counts.length);
  const options = { seed: `${seed} alike`, rounds: ROUNDS, prior };
  let drawn: GroupCounts[][] | null = null;
  return {
    now: Array.from(posteriorRounds(now.counts, { seed, rounds: ROUNDS, prior }), now.of),
    alike: () => (drawn ??= Array.from(bootstrapRounds(same.counts, options), same.of)),
    mayBeAlike: () => Array.from(posteriorRounds(same.counts, options), same.of),
  };
}

const ROUNDS = 400;

/** Counts of the cells that are drawn, and groups with others in their place. */
function cellsOf(groups: readonly GroupCounts[]): { counts: number[]; of: (draw: Float64Array) => GroupCounts[] } {
  const cells = KINDS.filter((kind) => groups.some((group) => kind.some((cell) => group[cell] > 0))).flat();
  const of = (draw: Float64Array): GroupCounts[] =>
    groups.map((group, i) => {
      const made = { ...group };
      cells.forEach((cell, k) => {
        made[cell] = draw[i * cells.length + k]!;
      });
      return made;
    });
  return { counts: groups.flatMap((group) => cells.map((cell) => group[cell])), of };
}

/** Groups of as many rows of each kind, with the shares of all of them together. */
function alike(groups: readonly GroupCounts[]): GroupCounts[] {
  const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);
  return groups.map((group) => {
    const made = { ...group };
    for (const kind of KINDS) {
      const all = sum(groups.map((each) => sum(kind.map((cell) => each[cell]))));
      const own = sum(kind.map((cell) => group[cell]));
      for (const cell of kind) made[cell] = all > 0 ? (own * sum(groups.map((each) => each[cell]))) / all : 0;
    }
    return made;
  });
}
