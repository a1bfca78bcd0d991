import { noValue, type Outcome } from '../outcome.ts';
import { type Favourable, favouredFraction } from './favoured-fraction.ts';
import type { GroupCounts } from './group-counts.ts';
import type { Groups } from './group-rate.ts';

/** A group under the four-fifths rule: its share of favourable predictions over the best group's, and whether that is four fifths or more. */
export interface FourFifths {
  group: string;
  rate: number | null;
  impactRatio: Outcome;
  holds: boolean | null;
}

/**
 * The four-fifths rule: every group's rate of favourable predictions is at least 4/5 of the highest group's. Impact ratio in [0, 1], null for groups
 * without predictions, with fewer than `minimumRows` (they are no base either), or if nobody is favoured. Compared without division, so that exactly
 * four fifths holds. US Uniform Guidelines on Employee Selection Procedures (1978), 29 CFR 1607.4 D.
 */
export function fourFifthsRule(groups: Groups, minimumRows = 1, favourable: Favourable = 'positive'): FourFifths[] {
  const parts = [...groups].map(([group, counts]) => ({ group, counts, ...partsOf(counts, favourable) }));
  const able = parts.filter(({ counts, whole }) => whole > 0 && counts.rows >= minimumRows);
  const best = able.reduce<{ part: number; whole: number } | null>(
    (top, next) => (top === null || next.part * top.whole > top.part * next.whole ? next : top),
    null,
  );
  return parts.map(({ group, counts, part, whole }) => {
    const rate = whole > 0 ? part / whole : null;
    const none = (reason: string): FourFifths => ({ group, rate, impactRatio: noValue(reason), holds: null });
    if (rate === null) return none('no predictions');
    if (counts.rows < minimumRows) return none(`fewer than ${minimumRows} rows`);
    if (best === null || best.part === 0) return none('no favourable predictions in any group');
    const ratio = (part * best.whole) / (best.part * whole);
    return { group, rate, impactRatio: { value: ratio }, holds: 5 * part * best.whole >= 4 * best.part * whole };
  });
}

function partsOf(counts: GroupCounts, favourable: Favourable): { part: number; whole: number } {
  const [part, whole] = favouredFraction(counts, favourable);
  return { part, whole };
}
