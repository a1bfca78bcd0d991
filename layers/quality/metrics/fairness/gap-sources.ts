import type { Found } from '../accuracy/found.ts';
import { fromConfusion, type GroupCounts } from './group-counts.ts';
import { groupRate } from './group-rate.ts';

/** Where a gap of selection rates, group − rest, comes from. The four parts add up to `gap`; they may have either sign and outweigh each other. */
export interface GapSources {
  /** Selection rate of the group less that of the rest, of all rows with a prediction. */
  gap: number;
  /** Because positive labels are more, or less, frequent in the group. */
  baseRates: number;
  /** Because the model selects rows with a positive label at another rate. */
  truePositiveRates: number;
  /** Because the model selects rows with a negative label at another rate. */
  falsePositiveRates: number;
  /** Because of the rows whose label is not known: the gap less that of the rows with a label. 0 where every prediction has one. */
  unlabelled: number;
}

/**
 * Why the selection rate of a group differs from that of the rest: other labels, or equal labels treated differently. On rows with a label and a
 * prediction it is q = p·TPR + (1 − p)·FPR, p the base rate, and with Δ for group − rest and a bar for the plain mean of both sides
 *
 *   Δq = Δp·(mean TPR − mean FPR) + p̄·ΔTPR + (1 − p̄)·ΔFPR,
 *
 * exactly and without a remainder. The three are the Shapley values of p, TPR and FPR: the mean over all orders of giving the group the rest's.
 * Each in [−1, 1]; swapping the sides turns every sign; all are 0 for sides of equal rates. `unlabelled`, in [−2, 2], is what the rows without a
 * label add: where labels come for selected rows only (granted loans), the labelled ones say nothing about selection, and the whole gap is there.
 * Rows with a label alone do not count.
 *
 * Arithmetic, not causes: base rates may be unequal because the labels are biased, and a base-rate part is not thereby just. Parts of small groups
 * are uncertain; `drawn` in fairness-intervals.ts gives an interval of any of them. Null where a side has no row with label and prediction, or no
 * positive or no negative label among these (a rate is missing).
 * Kitagawa (1955), Components of a difference between two rates, JASA 50; Das Gupta (1978), Demography 15; Shorrocks (2013), J. Econ. Inequality 11.
 */
export function gapSources(group: GroupCounts, rest: GroupCounts): Found<GapSources> {
  const [here, there] = [ratesOf(group, 'in the group'), ratesOf(rest, 'in the rest')];
  if (here.value === null || there.value === null) return { value: null, reason: here.reason ?? there.reason! };
  const [of, to] = [here.value, there.value];
  const mean = (rate: keyof Rates): number => (of[rate] + to[rate]) / 2;
  const difference = (rate: keyof Rates): number => of[rate] - to[rate];
  return {
    value: {
      gap: difference('selection'),
      baseRates: difference('base') * (mean('truePositive') - mean('falsePositive')),
      truePositiveRates: mean('base') * difference('truePositive'),
      falsePositiveRates: (1 - mean('base')) * difference('falsePositive'),
      unlabelled: difference('selection') - difference('labelledSelection'),
    },
  };
}

interface Rates {
  selection: number;
  labelledSelection: number;
  base: number;
  truePositive: number;
  falsePositive: number;
}

/** The rates of a side: `selection` of all its predictions, the others of rows with label and prediction. */
function ratesOf(counts: GroupCounts, side: string): Found<Rates> {
  const labelled = fromConfusion(counts.tp, counts.fp, counts.fn, counts.tn);
  const needed = (['accuracy', 'true_positive_rate', 'false_positive_rate'] as const).map((rate) => groupRate(labelled, rate));
  const missing = needed.find(({ value }) => value === null);
  if (missing !== undefined) return { value: null, reason: `${missing.reason} ${side}` };
  return {
    value: {
      selection: groupRate(counts, 'selection_rate').value!,
      labelledSelection: groupRate(labelled, 'selection_rate').value!,
      base: groupRate(labelled, 'base_rate').value!,
      truePositive: needed[1]!.value!,
      falsePositive: needed[2]!.value!,
    },
  };
}
