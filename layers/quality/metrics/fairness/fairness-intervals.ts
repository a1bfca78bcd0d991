import { countBootstrap, type Interval, newcombeDifference } from '../../math/intervals/index.ts';
import type { Outcome } from '../outcome.ts';
import type { Split } from './cross-table.ts';
import { emptyCounts, type GroupCounts, labelsOf, predictionsOf } from './group-counts.ts';
import type { Fraction } from './reading.ts';
import { shareRatio } from './share-ratio.ts';

const CELLS = Object.keys(emptyCounts()).filter((key) => key !== 'rows') as Exclude<keyof GroupCounts, 'rows'>[];

const labels = (counts: GroupCounts): Fraction => {
  const { positive, negative } = labelsOf(counts);
  return [positive, positive + negative];
};
const predictions = (counts: GroupCounts): Fraction => {
  const { positive, negative } = predictionsOf(counts);
  return [positive, positive + negative];
};

/** Metrics that are a difference of two shares, others less facet: which share. */
const DIFFERENCES: Record<string, (counts: GroupCounts) => Fraction> = {
  DPL: labels,
  DPPL: predictions,
  AD: ({ tp, fp, fn, tn }) => [tp + tn, tp + fp + fn + tn],
  RD: ({ tp, fn }) => [tp, tp + fn],
};

/**
 * 95 % interval of one of Clarify's metrics: Newcombe's for differences of shares, that of a ratio (shareRatio) for disparate impact; for the rest the cells of both sides
 * are drawn anew (see countBootstrap). Null where the value is, with strata, and where the method has none.
 */
export function fairnessInterval(
  code: string,
  { facet, rest, strata }: Split,
  compute: (split: Split) => Outcome,
  seed: string,
): Interval | null {
  if (strata !== undefined || compute({ facet, rest }).value === null) return null;
  const share = DIFFERENCES[code];
  if (share !== undefined) return newcombeDifference(...share(rest), ...share(facet)).interval;
  if (code === 'DI') return shareRatio(predictions(facet), predictions(rest)).interval;
  return drawn([facet, rest], ([f, r]) => compute({ facet: f!, rest: r! }).value, `${seed} ${code}`);
}

/** Interval of a statistic of several groups' counts by drawing each of their cells anew. */
export function drawn(groups: readonly GroupCounts[], statistic: (groups: GroupCounts[]) => number | null, seed: string): Interval | null {
  const counts = groups.flatMap((group) => CELLS.map((cell) => group[cell]));
  const back = (cells: Float64Array): GroupCounts[] =>
    groups.map((group, i) => {
      const made = { ...group };
      CELLS.forEach((cell, k) => {
        made[cell] = cells[i * CELLS.length + k]!;
      });
      return made;
    });
  return countBootstrap(counts, (cells) => statistic(back(cells)), { seed, rounds: 400 }).interval;
}
