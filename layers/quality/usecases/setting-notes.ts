import { splitId } from '../checks/thresholds.ts';
import { nearest } from '../contract/nearest.ts';
import { facetNames, judgedGroups } from './facet-groups.ts';
import type { Sided } from './measure-performance.ts';
import { groupsBy } from './outcome-side.ts';

/** Bounds of checks that are set for a group, a segment or a column of groups these rows do not have. */
export function settingNotes(sides: Sided): string[] {
  return Object.keys(sides.options.settings).flatMap((id) => {
    const named = nameIn(id);
    if (named === null) return [];
    const there = namesOf(named.of, sides);
    if (there.includes(named.name)) return [];
    const near = nearest(named.name, there);
    return [
      `The bounds set for ${id} apply to nothing: no ${named.of} "${named.name}"${near === null ? '.' : `; did you mean "${near}"?`}`,
    ];
  });
}

type Named = 'group' | 'segment' | 'segment, facet or prediction';

/** What the part of a check's id after its mark names. */
const NAMED: Record<string, { of: Named; after: string }> = {
  four_fifths: { of: 'group', after: '' },
  fairness_gap: { of: 'group', after: '/' },
  performance: { of: 'segment', after: '@' },
  estimated_performance: { of: 'segment', after: '@' },
  label_coverage: { of: 'segment, facet or prediction', after: '' },
};

/** What a check's id names; null where it names nothing of these, or all. */
function nameIn(id: string): { of: Named; name: string } | null {
  const [check, about = '*'] = splitId(id);
  const named = NAMED[check];
  if (named === undefined || !about.includes(named.after)) return null;
  const name = about.slice(about.indexOf(named.after) + named.after.length);
  return name === '*' ? null : { of: named.of, name };
}

function namesOf(of: Named, sides: Sided): string[] {
  const { plan } = sides.now;
  if (of === 'segment') return plan.segments.flatMap((names) => (groupsBy(sides.now, names) ?? []).map(({ name }) => name));
  if (of === 'segment, facet or prediction')
    return [plan.prediction ?? 'prediction', ...plan.segments.map((names) => names.join(',')), ...facetNames(sides.now)];
  return plan.facets.flatMap((facet) => judgedGroups(sides, facet, 0, 0).map((group) => group.facet));
}
