import { noValue, type Outcome } from '../outcome.ts';
import { type GroupCounts, predictionsOf, sumCounts } from './group-counts.ts';
import { RATES, type RateName } from './group-rates.ts';

/** A named group's counts. */
export type Groups = ReadonlyMap<string, GroupCounts>;

/**
 * A rate of a group: part/whole, both sums of weights, as RATES says. Range [0, 1], of false negatives to false positives [0, ∞). Null where the
 * whole is empty. The names are scikit-learn's and Aequitas's.
 */
export function groupRate(counts: GroupCounts, name: RateName): Outcome {
  const { fraction, lack } = RATES[name];
  const [part, whole] = fraction(counts);
  return whole > 0 ? { value: part / whole } : noValue(lack);
}

/** Every rate of a group. */
export const groupRates = (counts: GroupCounts): Record<RateName, Outcome> =>
  Object.fromEntries(Object.keys(RATES).map((name) => [name, groupRate(counts, name as RateName)])) as Record<RateName, Outcome>;

/** A group's share of all positive predictions (Aequitas's ppr). Range [0, 1]; null without positive predictions. Saleiro et al. (2018). */
export function shareOfPositivePredictions(groups: Groups, name: string): Outcome {
  const all = predictionsOf(sumCounts(groups.values())).positive;
  return all > 0 ? { value: predictionsOf(groups.get(name)!).positive / all } : noValue('no positive predictions');
}
