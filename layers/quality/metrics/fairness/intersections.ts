import { type CrossTable, type FacetValue, marginOf } from './cross-table.ts';
import type { GroupCounts } from './group-counts.ts';

/** Rows that share a value of each of some facets. */
export interface Intersection {
  values: [facet: string, value: FacetValue][];
  counts: GroupCounts;
}

export interface Intersections {
  /** Groups of one facet first, then of two, and so on; in order of facets and values. */
  groups: Intersection[];
  /** Groups met that have fewer rows than the minimum; what they would be split into was not looked at. */
  tooSmall: number;
  /** Whether the search ended at `maximumGroups`, so that deeper groups are missing. */
  truncated: boolean;
}

export interface IntersectionLimits {
  minimumRows: number;
  /** Facets that may meet; all by default. */
  depth?: number;
  maximumGroups?: number;
}

/**
 * Intersections of facets breadth first. A group of several facets is looked at only if every group of one facet fewer that contains it has the
 * minimum of rows, for it cannot be larger than they are: few facets' worth of groups, not the product of all values. Missing values form no group.
 * Agrawal & Srikant (1994), Apriori.
 */
export function intersections(table: CrossTable, facets: string[], limits: IntersectionLimits): Intersections {
  const { minimumRows, depth = facets.length, maximumGroups = 10_000 } = limits;
  const found: Intersections = { groups: [], tooSmall: 0, truncated: false };
  let kept = new Set<string>();
  for (let size = 1; size <= Math.min(depth, facets.length); size++) {
    const level: [string, Intersection][] = [];
    for (const chosen of subsets(facets, size)) {
      for (const { values, counts } of marginOf(table, chosen).cells.values()) {
        if (values.includes(null)) continue;
        const named = chosen.map((facet, i): [string, FacetValue] => [facet, values[i]!]);
        if (size > 1 && !named.every((_, left) => kept.has(keyOf(named.filter((_, i) => i !== left))))) continue;
        if (counts.rows < minimumRows) found.tooSmall++;
        else level.push([keyOf(named), { values: named, counts }]);
      }
    }
    if (found.groups.length + level.length > maximumGroups) return { ...found, truncated: true };
    const rank = (facet: string): number => facets.indexOf(facet);
    found.groups.push(...level.map(([, group]) => group).sort((a, b) => inOrder(a, b, rank)));
    kept = new Set(level.map(([key]) => key));
    if (kept.size === 0) break;
  }
  return found;
}

/** What a group is called: its values joined as in `groupsOf`. */
export const intersectionName = ({ values }: Intersection): string => values.map(([, value]) => String(value)).join(' | ');

const keyOf = (values: [string, FacetValue][]): string => JSON.stringify(values);

function inOrder(a: Intersection, b: Intersection, rank: (facet: string) => number): number {
  for (let i = 0; i < a.values.length; i++) {
    const [[facet, value], [other, against]] = [a.values[i]!, b.values[i]!];
    if (facet !== other) return rank(facet) - rank(other);
    if (value !== against) return String(value) < String(against) ? -1 : 1;
  }
  return 0;
}

function* subsets(items: string[], size: number, from = 0): Generator<string[]> {
  if (size === 0) yield [];
  else for (let i = from; i <= items.length - size; i++) for (const rest of subsets(items, size - 1, i + 1)) yield [items[i]!, ...rest];
}
