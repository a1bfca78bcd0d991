import { joinScored } from '../metrics/accuracy/index.ts';
import { scaleOf, sumCounts } from '../metrics/fairness/index.ts';
import type { ScoredGroup, ScoredSides } from '../metrics/performance/calibration-gap.ts';
import type { FacetGroup } from './facet-groups.ts';
import { type Group, groupsBy, type OutcomeSide } from './outcome-side.ts';

const sidesOf = new WeakMap<OutcomeSide, Map<string, ScoredSides | null>>();

/** Labelled rows by score of a group, and of everyone else who has a value; null where they were not kept. */
export function scoredSides(side: OutcomeSide, group: FacetGroup): ScoredSides | null {
  let known = sidesOf.get(side);
  if (known === undefined) sidesOf.set(side, (known = new Map()));
  let found = known.get(group.facet);
  if (found === undefined) known.set(group.facet, (found = joinedSides(side, group)));
  return found;
}

function joinedSides(side: OutcomeSide, { column, values }: FacetGroup): ScoredSides | null {
  const known = (groupsBy(side, [column]) ?? []).filter((group) => group.values[0] !== null);
  const [group, rest] = [true, false].map((own) => joined(known.filter((each) => values.includes(String(each.values[0])) === own)));
  return group == null || rest == null ? null : { group, rest };
}

function joined(groups: Group[]): ScoredGroup | null {
  const scored = groups.flatMap(({ slice }) => slice.scored ?? []);
  if (scored.length < groups.length) return null;
  return { counts: joinScored(scored), scale: scaleOf(sumCounts(groups.map(({ slice }) => slice.counts))) };
}
