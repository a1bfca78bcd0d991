import {
  countBootstrap,
  countPosterior,
  type Interval,
  intervalFromZero,
  newcombeDifference,
  posteriorDraws,
} from '../../math/intervals/index.ts';
import type { Outcome } from '../outcome.ts';
import type { Split } from './cross-table.ts';
import { type GroupCounts, labelsOf, predictionsOf } from './group-counts.ts';
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
 * 95 % interval of one of Clarify's metrics: Newcombe's for differences of shares, that of a ratio (shareRatio) for disparate impact; for the rest
 * the cells of both sides are drawn (see countPosterior, and of distances drawnDistance). Null where the value is, with strata, and where the method has none.
 */
export function fairnessInterval(
  code: string,
  { facet, rest, strata }: Split,
  compute: (split: Split) => Outcome,
  seed: string,
): Interval | null {
  if (strata !== undefined || compute({ facet, rest }).value === null) return null;
  const difference = DIFFERENCES[code];
  if (difference !== undefined) {
    const [first, second] = difference.facetFirst ? [facet, rest] : [rest, facet];
    return newcombeDifference(...difference.share(first), ...difference.share(second)).interval;
  }
  if (code === 'DI') return shareRatio(predictions(facet), predictions(rest)).interval;
  return (DISTANCES.has(code) ? drawnDistance : drawn)(
    [facet, rest],
    ([f, r]) => compute({ facet: f!, rest: r! }).value,
    `${seed} ${code}`,
  );
}

type OfGroups = (groups: GroupCounts[]) => number | null;

/** Interval of a statistic of several groups' counts by drawing their cells: those of the kinds of rows that some group has. */
export function drawn(groups: readonly GroupCounts[], statistic: OfGroups, seed: string): Interval | null {
  const { counts, of } = cellsOf(groups);
  return countPosterior(counts, (draw) => statistic(of(draw)), { seed, rounds: ROUNDS });
}

/** The same of one that is 0 where the groups are alike, and never below: from 0 on (see intervalFromZero). */
function drawnDistance(groups: readonly GroupCounts[], statistic: OfGroups, seed: string): Interval | null {
  const value = statistic([...groups]);
  const [now, same] = [cellsOf(groups), cellsOf(alike(groups))];
  const draws = posteriorDraws(now.counts, (draw) => statistic(now.of(draw)), { seed, rounds: ROUNDS });
  const again = (draw: Float64Array): number | null => statistic(same.of(draw));
  const options = { seed: `${seed} alike`, rounds: ROUNDS };
  // Tables as they would be drawn; where one of too few rows has no value, as they may be.
  const atZero = countBootstrap(same.counts, again, options).values ?? posteriorDraws(same.counts, again, options);
  return value === null || draws === null || atZero === null ? null : intervalFromZero(value, draws, atZero);
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
