import { noValue, type Outcome } from '../outcome.ts';
import { type GroupCounts, predictionsOf, weightOf } from './group-counts.ts';
import { type Groups, groupRate } from './group-rate.ts';
import { RATES, type RateName } from './group-rates.ts';

/** A rate of one group beside that of the base group. */
export interface Disparity {
  ratio: Outcome;
  difference: Outcome;
}

/** The ratio within which Aequitas sees parity. */
export const PARITY_BAND: readonly [number, number] = [0.8, 1.25];

/** The group with the largest weight of rows; of equal ones the first by name. Null without groups. */
export const largestGroup = (groups: Groups): string | null => bestBy(groups, (counts) => weightOf(counts));

/**
 * The group a rate favours most (lowest error rate, highest precision), of those with at least `minimumRows`; null if none has the rate. Positive
 * predictions count as good for the group: say `unfavourable` where they are not (a predicted crime) and the lowest selection rate is best.
 */
export function bestGroup(groups: Groups, rate: RateName, minimumRows = 1, unfavourable = false): string | null {
  const flipped = unfavourable && (rate === 'selection_rate' || rate === 'base_rate');
  const sign = (RATES[rate].better === 'high') === flipped ? -1 : 1;
  return bestBy(groups, (counts) => {
    const { value } = groupRate(counts, rate);
    return value === null || counts.rows < minimumRows ? null : sign * value;
  });
}

function bestBy(groups: Groups, score: (counts: GroupCounts) => number | null): string | null {
  let best: { name: string; score: number } | null = null;
  for (const name of [...groups.keys()].sort()) {
    const value = score(groups.get(name)!);
    if (value !== null && (best === null || value > best.score)) best = { name, score: value };
  }
  return best?.name ?? null;
}

/**
 * A group's rate against the base group's: group/base, range [0, ∞], 1 for parity, infinite for x/0, null for 0/0; and group − base, range [−1, 1].
 * Null where either has no such rate. Saleiro et al. (2018), Aequitas.
 */
export function disparity(group: GroupCounts, base: GroupCounts, rate: RateName): Disparity {
  const [of, to] = [groupRate(group, rate), groupRate(base, rate)];
  if (of.value === null) return { ratio: noValue(`${of.reason}`), difference: noValue(`${of.reason}`) };
  if (to.value === null) return { ratio: noValue(`${to.reason} in the base group`), difference: noValue(`${to.reason} in the base group`) };
  return { ratio: ratioOf(of.value, to.value), difference: { value: of.value - to.value } };
}

/** Positive predictions of a group over those of the base group: the ratio of their shares of all (Aequitas's ppr disparity). */
export const positivePredictionRatio = (group: GroupCounts, base: GroupCounts): Outcome =>
  ratioOf(predictionsOf(group).positive, predictionsOf(base).positive);

const ratioOf = (value: number, base: number): Outcome =>
  value === 0 && base === 0 ? noValue('0 in both groups') : { value: value / base };

/** ½ [(TPR − TPR_base) + (FPR − FPR_base)]. Range [−1, 1]; null where a rate is missing. Bellamy et al. (2018), AIF360. */
export function averageOddsDifference(group: GroupCounts, base: GroupCounts): Outcome {
  const gaps = (['true_positive_rate', 'false_positive_rate'] as const).map((rate) => disparity(group, base, rate).difference);
  const missing = gaps.find(({ value }) => value === null);
  return missing ?? { value: (gaps[0]!.value! + gaps[1]!.value!) / 2 };
}

/** Whether a ratio lies in the band, its ends included; null if there is no ratio. */
export const withinParity = ({ value }: Outcome, [low, high] = PARITY_BAND): boolean | null =>
  value === null ? null : low <= value && value <= high;
