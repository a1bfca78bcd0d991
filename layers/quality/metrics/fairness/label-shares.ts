import { total } from '../../math/total.ts';
import { noValue, type Outcome } from '../outcome.ts';
import type { Split } from './cross-table.ts';
import { labelsOf } from './group-counts.ts';
import type { Reading } from './reading.ts';

const NOTHING_IN_COMMON = 'No instance of common facet found, dataset may be too small';

/** A distance of the labels of the rest from those of the facet, each given as weights by class. */
export type LabelDistance = (rest: ArrayLike<number>, facet: ArrayLike<number>, reading?: Reading) => Outcome;

/**
 * A function of both sides' shares of each class. As Clarify reads them, classes that a side lacks are left out and the other shares stay as they
 * are; there is then no value if nothing is left. By default every class that occurs counts.
 */
export function ofShares(
  rest: ArrayLike<number>,
  facet: ArrayLike<number>,
  reading: Reading,
  compute: (p: number[], q: number[]) => number | Outcome,
): Outcome {
  const [before, now] = [total(rest), total(facet)];
  if (!(before > 0)) return noValue(reading === 'clarify' ? NOTHING_IN_COMMON : 'no labels outside the facet');
  if (!(now > 0)) return noValue(reading === 'clarify' ? NOTHING_IN_COMMON : 'no labels in the facet');
  const classes = Array.from(rest, (_, i) => i).filter((i) => reading === 'default' || (rest[i]! > 0 && facet[i]! > 0));
  if (classes.length === 0) return noValue(NOTHING_IN_COMMON);
  const found = compute(
    classes.map((i) => rest[i]! / before),
    classes.map((i) => facet[i]! / now),
  );
  return typeof found === 'number' ? { value: found } : found;
}

/** The distance of a facet's labels, taken as positive and negative. */
export const ofSplit =
  (distance: LabelDistance) =>
  (split: Split, reading: Reading = 'default'): Outcome => {
    const [rest, facet] = [labelsOf(split.rest), labelsOf(split.facet)];
    return distance([rest.negative, rest.positive], [facet.negative, facet.positive], reading);
  };

/** (Σ |p − q|^order)^(1/order); the largest |p − q| for an infinite order. */
export function normOfDifference(p: number[], q: number[], order: number): number {
  const gaps = p.map((share, i) => Math.abs(share - q[i]!));
  if (order === Number.POSITIVE_INFINITY) return Math.max(...gaps);
  return gaps.reduce((sum, gap) => sum + gap ** order, 0) ** (1 / order);
}
