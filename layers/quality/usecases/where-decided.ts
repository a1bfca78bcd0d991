import { explains } from '../checks/explains.ts';
import { FEWEST_SHOWN } from '../contract/columns.ts';
import { formatShare } from '../contract/format.ts';
import { type GroupCounts, groupRate, predictionsOf, restOf, scaleOf } from '../metrics/fairness/index.ts';
import { knownGroups } from './facet-groups.ts';
import type { Sided } from './measure-performance.ts';
import type { OutcomeSide } from './outcome-side.ts';

/** Of how far the group moved, what the others may have. */
const STILL = 1 / 3;
/** Standard errors by which all rows moved, and the group further than the others. */
const SURE = 4;

interface Place {
  words: string;
  moved: number;
}

/** The one group of a segment or a facet in which most of a change of positive predictions lies, in words; null where it is not in one. */
export function whereDecided({ now, before, options }: Pick<Sided, 'now' | 'before' | 'options'>): string | null {
  if (before === null || now.plan.problem !== 'binary') return null;
  const [all, were] = [now.whole.counts, before.whole.counts];
  const change = rateOf(all) - rateOf(were);
  if (!(Math.abs(change) > SURE * Math.sqrt(varianceOf(all) + varianceOf(were)))) return null;
  const places = now.plan.groups.flatMap(({ name }) => placesOf(now, before, name, options.minimumRows));
  const [most] = places.filter(({ moved }) => explains(moved / change, 1)).sort((a, b) => Math.abs(b.moved) - Math.abs(a.moved));
  return most === undefined ? null : `most of it in ${most.words}`;
}

const rateOf = (counts: GroupCounts): number => groupRate(counts, 'selection_rate').value ?? Number.NaN;

const rowsOf = (counts: GroupCounts): number => {
  const { positive, negative } = predictionsOf(counts);
  return positive + negative;
};

/** By how much each group's own change moved the share of all rows, of those that moved where the others hardly did. */
function placesOf(now: OutcomeSide, before: OutcomeSide, column: string, minimumRows: number): Place[] {
  const then = new Map(knownGroups(before, column).map(({ name, slice }) => [name, slice.counts]));
  return knownGroups(now, column).flatMap(({ name, slice: { counts, rows } }): Place[] => {
    const was = then.get(name);
    const part = rowsOf(counts) / rowsOf(now.whole.counts);
    if (was === undefined || rows < Math.max(FEWEST_SHOWN, minimumRows)) return [];
    const [rest, restWas] = [restOf(now.whole.counts, counts), restOf(before.whole.counts, was)];
    const [own, others] = [rateOf(counts) - rateOf(was), rateOf(rest) - rateOf(restWas)];
    const error = Math.sqrt([counts, was, rest, restWas].reduce((sum, each) => sum + varianceOf(each), 0));
    if (!(Math.abs(own - others) > SURE * error && Math.abs(others) < STILL * Math.abs(own))) return [];
    const said = (is: GroupCounts, before: GroupCounts): string => `${formatShare(rateOf(is))} (was ${formatShare(rateOf(before))})`;
    return [{ words: `${name}: ${said(counts, was)} are predicted positive, ${said(rest, restWas)} elsewhere`, moved: part * own }];
  });
}

function varianceOf(counts: GroupCounts): number {
  const share = rateOf(counts);
  return (share * (1 - share)) / (rowsOf(counts) * scaleOf(counts));
}
