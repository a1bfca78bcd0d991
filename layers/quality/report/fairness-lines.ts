import type { Report } from '../contract/report.ts';
import { favourableText } from './class-words.ts';
import { type FacetView, type GroupView, leastFavoured, viewFairness } from './fairness-view.ts';
import { formatNumber } from './format.ts';
import { intervalInUnit } from './measures.ts';

/** Who is favoured least, a line a facet. */
export interface FairnessLines {
  /** Which prediction is favourable, and whose intervals a table has; empty without groups. */
  terms: string[];
  groups: string[];
}

export function fairnessLines(report: Report): FairnessLines {
  const view = viewFairness(report);
  if (view === null || view.facets.every(({ groups }) => groups.length === 0)) return { terms: [], groups: [] };
  const chosen = view.facets.some((facet) => leastFavoured(facet) !== null && isChosen(facet));
  const favourable = favourableText(view.section.favourable, report.performance?.positive ?? []);
  return {
    terms: [favourable, ...(chosen ? ['in tables each pair’s own interval'] : [])],
    groups: view.facets.flatMap((facet) => groupLine(facet) ?? []),
  };
}

/** "race: C least favoured, 0.62 times as often as A (0.58 to 0.67 as the smallest of all pairs)". */
function groupLine(facet: FacetView): string | null {
  const least = leastFavoured(facet);
  const best = facet.groups.find((each) => each.best);
  if (least === null || best === undefined) return null;
  const { value } = least.group.impactRatio!;
  return `${facet.facet}: ${least.group.name} least favoured, ${formatNumber(value)} times as often as ${best.group.name}${bounds(facet, least)}`;
}

/** Of the smallest ratio the interval that allows for its having been chosen; of a lone pair, or where groups are not shown, the pair's own. */
function bounds(facet: FacetView, { group }: GroupView): string {
  const { value, low, high } = group.impactRatio!;
  const of = facet.smallestRatio;
  if (of !== null && isChosen(facet) && Math.abs(of.value - value) < 1e-9)
    return ` (${intervalInUnit([of.low, of.high], 'number')} as the smallest of all pairs)`;
  return low === null || high === null ? '' : ` (${intervalInUnit([low, high], 'number')})`;
}

/** Whether the pair farthest apart is one of several. */
const isChosen = ({ groups, smallestRatio }: FacetView): boolean =>
  smallestRatio !== null && groups.filter(({ group }) => group.impactRatio !== null).length > 2;
