import { calibrationGapGrew } from '../checks/calibration-gap.ts';
import { fairnessChecks } from '../checks/fairness.ts';
import type { Measured } from '../checks/verdict.ts';
import { FEWEST_SHOWN } from '../contract/columns.ts';
import { plural } from '../contract/format.ts';
import { type Facet, groupNameOf, isInterval } from '../contract/outcomes.ts';
import { type GroupCounts, restOf, scaledCounts } from '../metrics/fairness/index.ts';
import type { ScoredGroup } from '../metrics/performance/calibration-gap.ts';
import { type FacetGroup, facetGroups, hasFairness, judgedGroups, namedGroups, splitOf } from './facet-groups.ts';
import { scoredSides } from './facet-scores.ts';
import { bestOf } from './favoured-group.ts';
import type { Sided } from './measure-performance.ts';
import { quoted } from './outcome-classes.ts';
import { chunkSlices, groupsBy, ODD, OTHER, type OutcomeSide } from './outcome-side.ts';
import { unevenLabels } from './uneven-labels.ts';

/** The four-fifths rule and the growth of gaps, for each group of each facet. */
export function measureFairness(sided: Sided): Measured[] {
  const { now, before, chunks, options } = sided;
  if (!hasFairness(now)) return [];
  const scoredChunks =
    before === null ? [] : chunkSlices(before, chunks).flatMap(({ scored, scale }) => (scored === null ? [] : { counts: scored, scale }));
  return now.plan.facets.flatMap((facet) => {
    const name = groupNameOf(facet);
    const all = namedGroups(now, name, options.minimumRows);
    const allBefore = before === null ? null : namedGroups(before, name, options.minimumRows);
    return judgedGroups(sided, facet, FEWEST_SHOWN, options.minimumRows).flatMap((group) => {
      const split = splitOf(now, group);
      if (split === null) return [];
      const then = before === null ? null : splitOf(before, group);
      const best = bestOf(all, group, split, now.plan.favourable);
      const bestBefore = then === null ? null : bestOf(allBefore!, group, then, now.plan.favourable);
      const chunkSides = before === null || group.values.length > 1 ? [] : sidesByChunk(before, chunks, group);
      const rates = fairnessChecks(
        {
          ...{ uneven: unevenLabels(sided), facet: group.facet, favourable: now.plan.favourable, groups: all.size },
          now: { group: scaledCounts(split.facet), rest: scaledCounts(split.rest) },
          before: then === null || then.facet.rows === 0 ? null : { group: scaledCounts(then.facet), rest: scaledCounts(then.rest) },
          chunks: chunkSides,
          best: best && scaledCounts(best),
          bestBefore: bestBefore && scaledCounts(bestBefore),
        },
        options,
      );
      return [...rates, ...calibrationOf(sided, group, scoredChunks)];
    });
  });
}

function calibrationOf(sided: Sided, group: FacetGroup, chunks: readonly ScoredGroup[]): Measured[] {
  const { now, before, options } = sided;
  const sides = { now: scoredSides(now, group), before: before && scoredSides(before, group) };
  const of = { facet: group.facet, uneven: unevenLabels(sided), chunks };
  const check = calibrationGapGrew({ ...of, ...sides }, options);
  return check === null ? [] : [check];
}

function sidesByChunk(
  before: OutcomeSide,
  chunks: Sided['chunks'],
  { column, values }: FacetGroup,
): { group: GroupCounts; rest: GroupCounts }[] {
  const group = chunkSlices(before, chunks, [column], values);
  const all = chunkSlices(before, chunks);
  const missing = chunkSlices(before, chunks, [column], [null]);
  return group.map((slice, i) => ({
    group: scaledCounts(slice.counts),
    rest: scaledCounts(restOf(restOf(all[i]!.counts, slice.counts), missing[i]!.counts)),
  }));
}

/** What of the facets cannot be compared: groups without rows, or with all of them; values that make no group; too many of them together. */
export function facetNotes(now: OutcomeSide): string[] {
  if (!hasFairness(now)) return [];
  return now.plan.facets.flatMap((facet) => [...unknownNotes(now, facet), ...emptyNotes(now, facet)]);
}

function unknownNotes(now: OutcomeSide, facet: Facet): string[] {
  const name = groupNameOf(facet);
  const notes: string[] = [];
  const unknown = othersOf(now, name);
  if (unknown > ODD * now.whole.rows && now.plan.groups.some((group) => group.name === name && group.values.length > 0))
    notes.push(
      `${plural(Math.round(unknown), 'row')} ${Math.round(unknown) === 1 ? 'has another value' : 'have other values'} of ${facet.column} than make groups: too rare, or not known to the baseline.`,
    );
  const variable = now.plan.groupVariable;
  if (variable !== null && variable !== name && groupsBy(now, [name, variable]) === null)
    notes.push(`${facet.column} and ${variable} have too many values together: disparities conditioned on ${variable} are not computed.`);
  return notes;
}

function emptyNotes(now: OutcomeSide, facet: Facet): string[] {
  if (facet.values === null && !isInterval(facet)) return [];
  const [group] = facetGroups(now, facet, 1, 0);
  const split = group === undefined ? null : splitOf(now, group);
  if (group === undefined || split === null) return [];
  if (split.facet.rows === 0) {
    const lack =
      othersOf(now, group.column) > 0 ? 'its values make no group, too rare or not known to the baseline' : 'no row is of that group';
    return [`Facet ${group.facet}: ${lack}${foundIn(now, facet.column)}.`];
  }
  return split.rest.rows === 0
    ? [`Facet ${group.facet}: every row that has a value is of that group; there is nobody to compare with.`]
    : [];
}

/** Rows with a value that makes no group. */
const othersOf = (now: OutcomeSide, column: string): number =>
  (groupsBy(now, [column]) ?? []).find(({ values }) => values[0] === OTHER)?.slice.rows ?? 0;

const MOST_NAMED = 10;

/** The values a facet's column has. */
function foundIn(now: OutcomeSide, column: string): string {
  const values = (groupsBy(now, [column]) ?? []).flatMap(({ values: [value] }) => (value == null || value === OTHER ? [] : [value]));
  return values.length === 0 ? '' : `: ${column} holds ${quoted(values.slice(0, MOST_NAMED))}`;
}
