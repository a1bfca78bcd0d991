import { type Favourable, favouredFraction, type GroupCounts, type Split } from '../metrics/fairness/index.ts';
import type { FacetGroup } from './facet-groups.ts';

function share(counts: GroupCounts, side: Favourable): number {
  const [favoured, all] = favouredFraction(counts, side);
  return all > 0 ? favoured / all : 0;
}

/** The most favoured group of enough rows; null for that group itself. Several values together, and a group without another, are held against all others. */
export function bestOf(
  groups: Map<string, GroupCounts>,
  { facet, values }: FacetGroup,
  split: Split,
  side: Favourable,
): GroupCounts | null {
  if (values.length > 1 || ![...groups.keys()].some((name) => name !== facet))
    return share(split.facet, side) >= share(split.rest, side) ? null : split.rest;
  const [best] = [...groups].sort(([, a], [, b]) => share(b, side) - share(a, side));
  return best![0] === facet ? null : best![1];
}
