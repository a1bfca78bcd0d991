import { noValue, type Outcome } from '../outcome.ts';
import { sumCounts } from './group-counts.ts';
import { type Groups, groupRate } from './group-rate.ts';
import type { RateName } from './group-rates.ts';

export interface GapOptions {
  /** The extremes of the groups, or each group against all rows. */
  against?: 'groups' | 'overall';
  /** `fairlearn` takes an undefined rate for 0; by default the group is left out. */
  reading?: 'default' | 'fairlearn';
}

/**
 * The gap of a rate between groups: largest − smallest, or the largest |group − overall|. Range [0, 1]; 0 for parity. Null with fewer than two
 * groups that have the rate (Fairlearn: 0 for one group, and an undefined rate counts as 0). Bird et al. (2020), Fairlearn.
 */
export function rateDifference(groups: Groups, rate: RateName, options: GapOptions = {}): Outcome {
  const { problem, rates, overall } = gather(groups, rate, options);
  if (problem !== null) return noValue(problem);
  if (options.against !== 'overall') return { value: Math.max(...rates) - Math.min(...rates) };
  return { value: Math.max(...rates.map((value) => Math.abs(value - overall))) };
}

/**
 * The ratio of a rate between groups: smallest/largest, or the smallest of group/overall and overall/group. Range [0, 1]; 1 for parity. Null with
 * fewer than two groups that have the rate, and if it is 0 in all of them (0/0, NaN in Fairlearn). Bird et al. (2020), Fairlearn.
 */
export function rateRatio(groups: Groups, rate: RateName, options: GapOptions = {}): Outcome {
  const { problem, rates, overall } = gather(groups, rate, options);
  if (problem !== null) return noValue(problem);
  if (Math.max(...rates) === 0) return noValue('the rate is 0 in every group');
  if (options.against !== 'overall') return { value: Math.min(...rates) / Math.max(...rates) };
  return { value: Math.min(...rates.map((value) => Math.min(value / overall, overall / value))) };
}

function gather(groups: Groups, rate: RateName, { reading }: GapOptions): { problem: string | null; rates: number[]; overall: number } {
  const found = [...groups.values()].map((counts) => groupRate(counts, rate));
  const all = groupRate(sumCounts(groups.values()), rate).value;
  if (reading === 'fairlearn')
    return { problem: found.length > 0 ? null : 'no groups', rates: found.map(({ value }) => value ?? 0), overall: all ?? 0 };
  const rates = found.flatMap(({ value }) => (value === null ? [] : [value]));
  return { problem: rates.length < 2 ? `fewer than two groups with a ${rate.replaceAll('_', ' ')}` : null, rates, overall: all ?? 0 };
}
