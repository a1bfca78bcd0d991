import { FEWEST_SHOWN } from '../contract/columns.ts';
import type { FairnessGroup, FairnessSection, RateEntry } from '../contract/outcome-report.ts';
import { wilsonInterval } from '../math/wilson-interval.ts';
import { favouredFraction } from '../metrics/fairness/favoured-fraction.ts';
import { gapInterval } from '../metrics/fairness/gap-interval.ts';
import { RATES } from '../metrics/fairness/group-rates.ts';
import {
  bestGroup,
  disparity,
  type Favourable,
  fourFifthsRule,
  type GroupCounts,
  gapSources,
  groupRate,
  impactRatio,
  intersections,
  largestGroup,
  type RateName,
  scaledCounts,
} from '../metrics/fairness/index.ts';
import type { RowSample } from '../profile/outcomes/row-sample.ts';
import { explainScoreGap } from './explain-score-gap.ts';
import { facetGroups, facetNames, hasFairness, knownGroups, MOST_GROUPS, splitOf, tableOf } from './facet-groups.ts';
import { SHOWN_RATES } from './fairness-rows.ts';
import type { Sided } from './measure-performance.ts';
import { type Group, groupName, groupsBy, OTHER, type OutcomeSide } from './outcome-side.ts';

const MOST_INTERSECTIONS = 10;

/** Groups side by side: their rates with intervals, who is favoured most, where facets meet. Undefined where no facet was named. */
export function fairnessSection({ now, before, options }: Sided, sample: RowSample | null): FairnessSection | undefined {
  if (!hasFairness(now)) return undefined;
  return {
    favourable: now.plan.favourable,
    facets: facetNames(now).map((facet) => facetSection(now, before, facet, options.minimumRows)),
    intersections: intersectionRows(now, options.minimumRows),
    gaps: gapRows(now, sample, options.minimumRows),
  };
}

function rateEntry(counts: GroupCounts, rate: RateName): RateEntry | null {
  const { value } = groupRate(counts, rate);
  if (value === null) return null;
  const [, rows] = RATES[rate].fraction(counts);
  const [low, high] = wilsonInterval(...RATES[rate].fraction(scaledCounts(counts)));
  return { value, low, high, rows };
}

function facetSection(now: OutcomeSide, before: OutcomeSide | null, facet: string, minimumRows: number): FairnessSection['facets'][number] {
  const all = knownGroups(now, facet);
  const judged = all.filter(({ slice }) => slice.rows >= Math.max(minimumRows, FEWEST_SHOWN));
  const named = new Map(judged.map(({ name, slice }) => [name, slice.counts]));
  const [best, least] = [now.plan.favourable === 'negative', now.plan.favourable !== 'negative'].map((unfavourable) =>
    bestGroup(named, 'selection_rate', minimumRows, unfavourable),
  ) as [string | null, string | null];
  const shown = [...judged]
    .sort((a, b) => b.slice.rows - a.slice.rows || (a.name < b.name ? -1 : 1))
    .filter(({ name }, i) => i < MOST_GROUPS || name === best || name === least);
  const then = before === null ? [] : (groupsBy(before, [facet]) ?? []);
  const groups = shown.map((group): FairnessGroup => {
    const { name, values, slice } = group;
    const entries = SHOWN_RATES.map((rate) => [rate, rateEntry(slice.counts, rate)] as const);
    const earlier = then.find((each) => each.name === name);
    const rates = Object.fromEntries(entries.flatMap(([rate, entry]) => (entry === null ? [] : [[rate, entry]])));
    return {
      facet: name,
      name: values[0]!,
      rows: slice.rows,
      rates,
      baseline: earlier === undefined ? null : ratesOf(earlier.slice.counts),
      impactRatio: best === null ? null : impactOf(group, named.get(best)!, now.plan.favourable),
    };
  });
  const smallestRatio = smallestOf([...named.values()], now);
  return { facet, groups, best, largest: largestGroup(named), smallestRatio, tooSmall: all.length - judged.length };
}

function smallestOf(groups: GroupCounts[], { plan }: OutcomeSide): FairnessSection['facets'][number]['smallestRatio'] {
  const favoured = groups.map((counts) => favouredFraction(scaledCounts(counts), plan.favourable)).filter(([, all]) => all > 0);
  const shares = favoured.map(([hits, all]) => hits / all);
  const value = Math.min(...shares) / Math.max(...shares);
  const interval = Number.isFinite(value) ? gapInterval([favoured], 'ratio', value) : null;
  return interval === null ? null : { value, low: interval[0], high: interval[1] };
}

const ratesOf = (counts: GroupCounts): Record<string, number> =>
  Object.fromEntries(
    SHOWN_RATES.flatMap((rate) => {
      const { value } = groupRate(counts, rate);
      return value === null ? [] : [[rate, value]];
    }),
  );

function impactOf(group: Group, best: GroupCounts, side: Favourable): FairnessGroup['impactRatio'] {
  const { counts } = group.slice;
  const { value, interval } = impactRatio(scaledCounts(counts), counts === best ? null : scaledCounts(best), side);
  return value === null ? null : { value, low: interval?.[0] ?? null, high: interval?.[1] ?? null };
}

/** Why the rates of positive predictions differ, of each group that is judged. */
function gapRows(now: OutcomeSide, sample: RowSample | null, minimumRows: number): FairnessSection['gaps'] {
  return now.plan.facets.flatMap((facet) =>
    facetGroups(now, facet, MOST_GROUPS, Math.max(minimumRows, FEWEST_SHOWN)).flatMap((group) => {
      const split = splitOf(now, group);
      if (split === null) return [];
      const { value, reason } = gapSources(split.facet, split.rest);
      const whole = disparity(split.facet, split.rest, 'selection_rate').difference.value;
      if (whole === null) return [];
      const score = explainScoreGap(now, sample, group);
      const { gap = whole, baseRates = null, truePositiveRates = null, falsePositiveRates = null, unlabelled = null } = value ?? {};
      return [
        {
          facet: group.facet,
          gap,
          baseRates,
          truePositiveRates,
          falsePositiveRates,
          unlabelled,
          reason: reason ?? null,
          ...(score && { score }),
        },
      ];
    }),
  );
}

/** Groups that two facets or more meet in, the least favoured first. */
function intersectionRows(now: OutcomeSide, minimumRows: number): FairnessSection['intersections'] {
  const facets = facetNames(now);
  const table = facets.length < 2 ? null : tableOf(now, facets);
  if (table === null) return [];
  const found = intersections(table, facets, { minimumRows: Math.max(minimumRows, FEWEST_SHOWN) }).groups.filter(
    ({ values }) => values.length > 1 && values.every(([, value]) => value !== OTHER),
  );
  const columnOf = (facet: string): number => now.plan.groups.findIndex((group) => group.name === facet);
  const rules = fourFifthsRule(new Map(found.map(({ counts }, i) => [String(i), counts])), minimumRows, now.plan.favourable);
  return found
    .map((group, i) => ({
      name: group.values.map(([facet, value]) => groupName(now.plan, columnOf(facet), String(value))).join(', '),
      rows: group.counts.rows,
      selectionRate: rateEntry(group.counts, 'selection_rate'),
      impactRatio: rules[i]!.impactRatio.value,
    }))
    .sort((a, b) => (a.impactRatio ?? 2) - (b.impactRatio ?? 2) || b.rows - a.rows)
    .slice(0, MOST_INTERSECTIONS);
}
