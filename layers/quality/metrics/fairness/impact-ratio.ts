import type { Interval } from '../../math/intervals/index.ts';
import { noValue, type Outcome } from '../outcome.ts';
import { type Favourable, favouredFraction } from './favoured-fraction.ts';
import type { GroupCounts } from './group-counts.ts';
import { shareRatio } from './share-ratio.ts';

/**
 * A group's share of favourable predictions over the most favoured group's, with a 95 % interval (see shareRatio); 1 without one for that group itself (null
 * given). Counts are as rows of equal weight. Range [0, ∞); null without predictions, or where the most favoured group has no favourable ones.
 * US Uniform Guidelines on Employee Selection Procedures (1978), 29 CFR 1607.4 D.
 */
export function impactRatio(group: GroupCounts, best: GroupCounts | null, side: Favourable): Outcome & { interval: Interval | null } {
  const [favoured, all] = favouredFraction(group, side);
  if (!(all > 0)) return { ...noValue('no predictions'), interval: null };
  if (best === null) return { value: 1, interval: null };
  const { value, interval, reason } = shareRatio([favoured, all], favouredFraction(best, side));
  return value === null ? { ...noValue(reason ?? 'no favourable predictions'), interval: null } : { value, interval };
}
