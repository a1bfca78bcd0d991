import { noValue, type Outcome } from '../outcome.ts';
import type { Split } from './cross-table.ts';
import type { GroupCounts, Outcomes } from './group-counts.ts';
import { clarifyDivide, emptySide, type Reading } from './reading.ts';

/**
 * Conditional demographic disparity: Σ nᵢ DDᵢ/Σ nᵢ over the values i of the group variable, DDᵢ the facet's share of the refused minus its share of
 * the accepted. By default over strata with both refused and accepted rows, which alone have a DD; Clarify takes an absent share for 0 and every
 * stratum. Null without a group variable, (by default) without rows on a side, without accepted or refused rows or such a stratum.
 * Wachter, Mittelstadt & Russell (2021), Why Fairness Cannot Be Automated.
 */
export function conditionalDemographicDisparity(
  split: Split,
  reading: Reading,
  what: 'labels' | 'predictions',
  outcomesOf: (counts: GroupCounts) => Outcomes,
): Outcome {
  const text = reading === 'clarify' ? CLARIFY : ours(what);
  if (split.strata === undefined) return noValue(text.group);
  const empty = emptySide(split, reading);
  if (reading === 'default' && empty !== null) return empty;
  const [facet, rest] = [outcomesOf(split.facet), outcomesOf(split.rest)];
  if (!(facet.positive + rest.positive > 0)) return noValue(text.positive);
  if (!(facet.negative + rest.negative > 0)) return noValue(text.negative);
  let [sum, weight] = [0, 0];
  for (const stratum of split.strata) {
    const [d, a] = [outcomesOf(stratum.facet), outcomesOf(stratum.rest)];
    const [accepted, refused] = [d.positive + a.positive, d.negative + a.negative];
    if (reading === 'default' && !(accepted > 0 && refused > 0)) continue;
    const rows = accepted + refused;
    sum += rows * (clarifyDivide(d.negative, refused) - clarifyDivide(d.positive, accepted));
    weight += rows;
  }
  if (reading === 'default' && weight === 0) return noValue('no value of the group variable has accepted and refused rows');
  return { value: clarifyDivide(sum, weight) };
}

const CLARIFY = {
  group: 'Group variable is empty or not provided',
  positive: 'No positive labels in set',
  negative: 'No negative labels in set',
};
const ours = (what: string) => ({ group: 'no group variable', positive: `no positive ${what}`, negative: `no negative ${what}` });
