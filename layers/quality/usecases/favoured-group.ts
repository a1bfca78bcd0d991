import { type GroupCounts, predictionsOf, type Split } from '../metrics/fairness/index.ts';
import type { FacetGroup } from './facet-groups.ts';

export type Favourable = 'positive' | 'negative';

const favoured = (counts: GroupCounts, side: Favourable): number => {
  const outcomes = predictionsOf(counts);
  const all = outcomes.positive + outcomes.negative;
  return all > 0 ? outcomes[side] / all : 0;
};

/** The most favoured group of enough rows; null for that group itself. One of two groups, or of several values, is held against all others. */
export function bestOf(
  groups: Map<string, GroupCounts>,
  { facet, values }: FacetGroup,
  split: Split,
  side: Favourable,
): GroupCounts | null {
  if (values.length > 1 || groups.size <= 2) return favoured(split.facet, side) >= favoured(split.rest, side) ? null : split.rest;
  const [best] = [...groups].sort(([, a], [, b]) => favoured(b, side) - favoured(a, side));
  return best![0] === facet ? null : best![1];
}
