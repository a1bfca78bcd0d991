import { countPosterior, type Interval, newcombeDifference } from '../../math/intervals/index.ts';
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

/**
 * 95 % interval of one of Clarify's metrics: Newcombe's for differences of shares, that of a ratio (shareRatio) for disparate impact; for the rest
 * the cells of both sides are drawn (see countPosterior). Null where the value is, with strata, and where the method has none.
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
  return drawn([facet, rest], ([f, r]) => compute({ facet: f!, rest: r! }).value, `${seed} ${code}`);
}

/** Interval of a statistic of several groups' counts by drawing their cells: those of the kinds of rows that some group has. */
export function drawn(groups: readonly GroupCounts[], statistic: (groups: GroupCounts[]) => number | null, seed: string): Interval | null {
  const cells = KINDS.filter((kind) => groups.some((group) => kind.some((cell) => group[cell] > 0))).flat();
  const counts = groups.flatMap((group) => cells.map((cell) => group[cell]));
  const back = (draw: Float64Array): GroupCounts[] =>
    groups.map((group, i) => {
      const made = { ...group };
      cells.forEach((cell, k) => {
        made[cell] = draw[i * cells.length + k]!;
      });
      return made;
    });
  return countPosterior(counts, (draw) => statistic(back(draw)), { seed, rounds: 400 });
}
