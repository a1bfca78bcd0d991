import { formatShare } from '../contract/format.ts';
import { fromConfusion, type GapSources, type GroupCounts, gapSources, groupRate, type RateName } from '../metrics/fairness/index.ts';
import { explains } from './explains.ts';
import type { Sides } from './fairness.ts';

/** A group beside another, or beside the rest. */
export type Beside = readonly [group: GroupCounts, other: GroupCounts];

/**
 * Where most of the gap of positive predictions comes from, or of what it grew by since the baseline: other labels, or equal labels treated differently.
 * Null where neither accounts for most of it, and where a side has few labels of either kind.
 */
export function whyUnequal(now: Beside, before: Beside | null, other: string): string | null {
  const [sources, then] = [gapSources(...now).value, before === null ? null : gapSources(...before).value];
  if (sources === null || (before !== null && then === null) || now.some(hasFewLabels)) return null;
  const turned = (of: GapSources, parts: (keyof GapSources)[]): number =>
    Math.sign(sources.gap) * parts.reduce((sum, part) => sum + of[part], 0);
  /** What was unequal the other way before, and evened it out, is not unequal now. */
  const grew = (...parts: (keyof GapSources)[]): number => {
    const part = turned(sources, parts);
    return then === null ? part : Math.min(part, part - turned(then, parts));
  };
  const whole = turned(sources, ['gap']) - (then === null ? 0 : turned(then, ['gap']));
  // Where rows without a label add much, those with one do not say where the gap comes from.
  const unlabelled = sources.unlabelled - (then?.unlabelled ?? 0);
  if (explains(Math.abs(unlabelled), whole / 2)) return null;
  const rates = (name: RateName): string[] => now.map((counts) => formatShare(groupRate(labelled(counts), name).value!));
  const [base, theirBase] = rates('base_rate');
  if (explains(grew('baseRates'), whole)) return `labels differ, ${base} are positive and ${theirBase} ${other}`;
  if (!explains(grew('truePositiveRates', 'falsePositiveRates'), whole)) return null;
  const [[found, alarmed], [theirFound, theirAlarmed]] = [0, 1].map((side) =>
    (['true_positive_rate', 'false_positive_rate'] as const).map((name) => rates(name)[side]),
  ) as [string[], string[]];
  return `at equal labels ${found} of the positive and ${alarmed} of the negative ones are predicted positive, ${theirFound} and ${theirAlarmed} ${other}`;
}

/** Whose rate moved, where those at which one label is predicted positive lie further apart. */
export function whyApart(rate: RateName, now: Sides, before: Sides): string {
  const said = (side: keyof Sides): string => {
    const [is, was] = [now[side], before[side]].map((counts) => formatShare(groupRate(counts, rate).value!));
    return `${is} (was ${was})`;
  };
  const label = rate === 'true_positive_rate' ? 'positive' : 'negative';
  return `${said('group')} of the ${label} ones are predicted positive, ${said('rest')} of the others’`;
}

/** Of fewer rows of a label, shares are chance. */
const FEWEST_OF_A_LABEL = 10;

const hasFewLabels = ({ tp, fp, fn, tn }: GroupCounts): boolean => Math.min(tp + fn, fp + tn) < FEWEST_OF_A_LABEL;

const labelled = ({ tp, fp, fn, tn }: GroupCounts): GroupCounts => fromConfusion(tp, fp, fn, tn);
