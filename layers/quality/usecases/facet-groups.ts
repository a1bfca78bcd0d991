import { type Facet, groupNameOf, isInterval } from '../contract/outcomes.ts';
import { addCounts, type CrossTable, cellAt, crossTable, type GroupCounts, type Split, splitBy } from '../metrics/fairness/index.ts';
import { type Group, groupsBy, OTHER, type OutcomeSide } from './outcome-side.ts';

/** A group of a facet against everyone else who has a value. */
export interface FacetGroup {
  /** `sex=F`, `age ≤ 25`. */
  facet: string;
  /** The group column. */
  column: string;
  /** The values that make it. */
  values: string[];
}

/** The groups of a column's known values: neither those without one nor the others. */
export const knownGroups = (side: OutcomeSide, column: string): Group[] =>
  (groupsBy(side, [column]) ?? []).filter(({ values }) => values[0] !== null && values[0] !== OTHER);

/** The groups a facet means: the one named, or each value in turn, those with the most rows. */
export function facetGroups(side: OutcomeSide, facet: Facet, most: number, fewest: number): FacetGroup[] {
  const column = groupNameOf(facet);
  if (isInterval(facet)) return [{ facet: column, column, values: [column] }];
  if (facet.values !== null) return [{ facet: `${column}=${facet.values.join(',')}`, column, values: facet.values }];
  return knownGroups(side, column)
    .filter(({ slice }) => slice.rows >= fewest)
    .sort((a, b) => b.slice.rows - a.slice.rows || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map(({ name, values }) => ({ facet: name, column, values: [values[0]!] }));
}

interface Sides {
  now: OutcomeSide;
  before: OutcomeSide | null;
}

/**
 * The values of a facet's column that the baseline does not know, or that were too rare there, as one group, where they have the rows: people of whom nothing is
 * known yet. None without a baseline, and of a facet that names its group.
 */
function newGroup({ now, before }: Sides, facet: Facet, fewest: number): FacetGroup[] {
  const column = groupNameOf(facet);
  if (before === null || isInterval(facet) || facet.values !== null || knownGroups(now, column).length === 0) return [];
  const other = groupsBy(now, [column])?.find(({ values }) => values[0] === OTHER);
  return other === undefined || other.slice.rows < fewest ? [] : [{ facet: other.name, column, values: [OTHER] }];
}

/** Groups of a facet that are judged and measured: those shown, and, where it has enough rows, the one of values the baseline does not know. */
export const judgedGroups = (sides: Sides, facet: Facet, fewest: number, minimumRows: number): FacetGroup[] => [
  ...facetGroups(sides.now, facet, MOST_GROUPS, fewest),
  ...newGroup(sides, facet, minimumRows),
];

/** Rows of a segment: names of its columns, and their values. */
export interface Within {
  names: string[];
  values: (string | null)[];
}

/** The counts of some group columns' combinations; null where they were not counted. */
export function tableOf(side: OutcomeSide, columns: string[], within: Within | null = null): CrossTable | null {
  const skip = within?.names.length ?? 0;
  const groups = within === null ? groupsBy(side, columns) : groupsWithin(side, columns, within);
  if (groups === null) return null;
  const table = crossTable(columns);
  for (const { values, slice } of groups) addCounts(cellAt(table, values.slice(skip)), slice.counts);
  return table;
}

const indexes = new WeakMap<Group[], Map<string, Group[]>>();

function groupsWithin(side: OutcomeSide, columns: string[], { names, values }: Within): Group[] | null {
  const groups = groupsBy(side, [...names, ...columns]);
  if (groups === null) return null;
  let index = indexes.get(groups);
  if (index === undefined) {
    indexes.set(groups, (index = new Map()));
    for (const group of groups) {
      const key = JSON.stringify(group.values.slice(0, names.length));
      const same = index.get(key);
      if (same === undefined) index.set(key, [group]);
      else same.push(group);
    }
  }
  return index.get(JSON.stringify(values)) ?? [];
}

/** The group and the rest; by value of the group variable too, where there is one. */
export function splitOf(side: OutcomeSide, { column, values }: FacetGroup, within: Within | null = null): Split | null {
  const variable = within === null ? side.plan.groupVariable : null;
  // A group variable that is the facet's own column needs no second one; one that makes too many combinations leaves the split without strata.
  const strata = variable === null ? null : tableOf(side, [...new Set([column, variable])], within);
  const table = strata ?? tableOf(side, [column], within);
  return table === null ? null : splitBy(table, column, (value) => values.includes(String(value)), strata === null ? null : variable);
}

/** Groups of a facet that are judged: those with the most rows. */
export const MOST_GROUPS = 50;

/** Whether any row says whom the model, or the world, favours. */
export const hasFairness = ({ plan, whole }: OutcomeSide): boolean => plan.problem === 'binary' && plan.facets.length > 0 && whole.rows > 0;

/** The facets' group columns, each once. */
export const facetNames = ({ plan }: OutcomeSide): string[] => [...new Set(plan.facets.map(groupNameOf))];

/** The groups of a facet's column that have the rows, by name. */
export function namedGroups(side: OutcomeSide, name: string, minimumRows: number): Map<string, GroupCounts> {
  const groups = knownGroups(side, name).filter(({ slice }) => slice.rows >= minimumRows);
  return new Map(groups.map((group) => [group.name, group.slice.counts]));
}
