import { WATCHED_RATES } from '../checks/fairness.ts';
import { FEWEST_SHOWN } from '../contract/columns.ts';
import { type MetricRow, toJsonNumber } from '../contract/report.ts';
import { newcombeDifference } from '../math/intervals/index.ts';
import { wilsonInterval } from '../math/wilson-interval.ts';
import { fairnessInterval } from '../metrics/fairness/fairness-intervals.ts';
import { gapInterval } from '../metrics/fairness/gap-interval.ts';
import type { GapKind } from '../metrics/fairness/group-pairs.ts';
import { RATES } from '../metrics/fairness/group-rates.ts';
import {
  CLARIFY_METRICS,
  demographicParityDifference,
  demographicParityRatio,
  equalizedOddsDifference,
  equalizedOddsRatio,
  equalOpportunityDifference,
  type Flips,
  type GroupCounts,
  type Groups,
  groupRate,
  impactRatio,
  labelsOf,
  predictionsOf,
  type RateName,
  type Split,
  scaledCounts,
} from '../metrics/fairness/index.ts';
import type { Fraction } from '../metrics/fairness/reading.ts';
import { noValue, type Outcome } from '../metrics/outcome.ts';
import { calibrationGap, calibrationGapInterval } from '../metrics/performance/calibration-gap.ts';
import { performanceMetrics } from '../metrics/performance/index.ts';
import { type FacetGroup, facetGroups, facetNames, hasFairness, judgedGroups, MOST_GROUPS, namedGroups, splitOf } from './facet-groups.ts';
import { scoredSides } from './facet-scores.ts';
import { bestOf } from './favoured-group.ts';
import { flipKey } from './flip-tests.ts';
import { type Measurable, segmentsOf } from './measure-performance.ts';
import type { OutcomeSide } from './outcome-side.ts';

export const SHOWN_RATES = [
  'selection_rate',
  'base_rate',
  'true_positive_rate',
  'false_positive_rate',
  'precision',
  'accuracy',
] as const satisfies RateName[];

type RowOf = Pick<MetricRow, 'metric' | 'facet' | 'segment' | 'rows'> & { code?: string };

const fairnessRow = ({ code, ...of }: RowOf, { value, error, reason }: Outcome, interval: [number, number] | null): MetricRow => ({
  ...of,
  ...(code !== undefined && { code }),
  ...{ factor: 'fairness', column: null, parameters: {} },
  value: value === null ? null : toJsonNumber(value),
  interval: interval === null ? null : [toJsonNumber(interval[0]), toJsonNumber(interval[1])],
  ...{ error: error ?? null, reason: reason ?? null },
});

/** Every metric of fairness: each group against the rest, then the gaps between all groups of a facet; the same within each segment. */
export function fairnessRows(sided: Measurable): MetricRow[] {
  const { now } = sided;
  if (!hasFairness(now)) return [];
  const whole = [
    ...now.plan.facets.flatMap((facet) =>
      judgedGroups(sided, facet, FEWEST_SHOWN, sided.options.minimumRows).flatMap((group) => groupRows(sided, group)),
    ),
    ...facetNames(now).flatMap((name) => facetRows(sided, name)),
  ];
  const within = segmentsOf(now).flatMap(({ name, names, values }) =>
    now.plan.facets.flatMap((facet) =>
      facetGroups(now, facet, MOST_GROUPS, FEWEST_SHOWN).flatMap((group) => {
        const split = names.includes(group.column) ? null : splitOf(now, group, { names, values });
        return split === null || split.facet.rows < FEWEST_SHOWN ? [] : segmentRows(split, group, name);
      }),
    ),
  );
  return [...whole, ...within].map((row) => ({ ...row, reason: row.reason && reasonOf(row.reason, now) }));
}

/** Where there are none at all, that there are none of one class is not why. */
function reasonOf(reason: string, { whole: { counts } }: OutcomeSide): string {
  const none = ({ positive, negative }: { positive: number; negative: number }): boolean =>
    positive + negative === 0 && /^no (positive|negative) (labels|predictions)/.test(reason);
  if (none(predictionsOf(counts))) return 'no predictions';
  return none(labelsOf(counts)) ? 'no labels' : reason;
}

function groupRows({ now, seed, options, flips }: Measurable, group: FacetGroup): MetricRow[] {
  const split = splitOf(now, group);
  if (split === null) return [];
  const { facet } = group;
  const best = bestOf(namedGroups(now, group.column, options.minimumRows), group, split, now.plan.favourable);
  const scaled: Split = { facet: scaledCounts(split.facet), rest: scaledCounts(split.rest) };
  const of = { facet, segment: null, rows: split.facet.rows };
  const impact = impactRatio(scaled.facet, best === null ? null : scaledCounts(best), now.plan.favourable);
  return [
    ...SHOWN_RATES.map((rate) => rateRow(rate, split.facet, of)),
    ...WATCHED_RATES.map((rate) => gapRow(rate, scaled, of)),
    fairnessRow({ metric: 'impact_ratio', ...of }, impact, impact.interval),
    ...scoreRows(now, group, of),
    ...CLARIFY_METRICS.map(({ code, name, compute }) => {
      if (compute !== null)
        return fairnessRow({ metric: name, code, ...of }, compute(split), fairnessInterval(code, split, compute, `${seed} ${facet}`));
      const flipped: Flips = flips.get(flipKey(group)) ?? noValue('needs rows');
      return fairnessRow({ metric: name, code, ...of }, flipped, flipped.interval ?? null);
    }),
  ];
}

function rateRow(rate: RateName, counts: GroupCounts, of: Omit<RowOf, 'metric'>): MetricRow {
  const [part, whole] = RATES[rate].fraction(scaledCounts(counts));
  return fairnessRow({ metric: rate, ...of }, groupRate(counts, rate), whole > 0 ? wilsonInterval(part, whole) : null);
}

/** What scores are worth in the group, and how much further off they are than those of the others; none without scores. */
function scoreRows(now: OutcomeSide, group: FacetGroup, of: Omit<RowOf, 'metric'>): MetricRow[] {
  const sides = scoredSides(now, group);
  if (sides === null) return [];
  const slice = { ...now.whole, scored: sides.group.counts, scale: sides.group.scale };
  return [
    ...SCORED.map((id) => {
      const metric = performanceMetrics(now.plan).find((each) => each.id === id)!;
      const outcome = metric.compute(slice);
      return fairnessRow({ metric: id, ...of }, outcome, outcome.value === null ? null : metric.interval(slice, ''));
    }),
    fairnessRow({ metric: 'observed_over_expected_difference', ...of }, calibrationGap(sides), calibrationGapInterval(sides)),
  ];
}

/** Metrics of a group's scores. */
export const SCORED = ['roc_auc', 'observed_over_expected'] as const;

/** The group's rate less the others'. */
function gapRow(rate: RateName, { facet: group, rest }: Split, of: Omit<RowOf, 'metric'>): MetricRow {
  const parts = [group, rest].flatMap((counts) => RATES[rate].fraction(counts)) as [number, number, number, number];
  const { value, interval } = newcombeDifference(...parts);
  const lack = groupRate(group, rate).reason ?? `${groupRate(rest, rate).reason} outside the group`;
  return fairnessRow({ metric: `${rate}_difference`, ...of }, value === null ? noValue(lack) : { value }, interval);
}

/** Within a segment: how often the group is chosen, and what that is of the others' rate. */
function segmentRows(split: Split, { facet }: FacetGroup, segment: string): MetricRow[] {
  const impact = CLARIFY_METRICS.find(({ code }) => code === 'DI')!;
  const of = { facet, segment, rows: split.facet.rows };
  return [
    rateRow('selection_rate', split.facet, of),
    fairnessRow({ metric: impact.name, code: 'DI', ...of }, impact.compute!(split), fairnessInterval('DI', split, impact.compute!, '')),
  ];
}

const ODDS: RateName[] = ['true_positive_rate', 'false_positive_rate'];
/** Gaps between the groups of a facet, with the rates they are of. */
export const BETWEEN: [metric: string, compute: (groups: Groups) => Outcome, kind: GapKind, rates: RateName[]][] = [
  ['demographic_parity_difference', demographicParityDifference, 'difference', ['selection_rate']],
  ['demographic_parity_ratio', demographicParityRatio, 'ratio', ['selection_rate']],
  ['equalized_odds_difference', equalizedOddsDifference, 'difference', ODDS],
  ['equalized_odds_ratio', equalizedOddsRatio, 'ratio', ODDS],
  ['equal_opportunity_difference', equalOpportunityDifference, 'difference', ['true_positive_rate']],
];

/** Gaps between the groups of a facet that have enough rows. */
function facetRows({ now, options }: Measurable, name: string): MetricRow[] {
  const groups = namedGroups(now, name, options.minimumRows);
  const counts = [...groups.values()].map(scaledCounts);
  const rows = [...groups.values()].reduce((sum, group) => sum + group.rows, 0);
  return BETWEEN.map(([metric, compute, kind, rates]) => {
    const outcome = compute(groups);
    const interval = outcome.value === null ? null : gapInterval(fractionsOf(counts, rates), kind, outcome.value);
    return fairnessRow({ metric, facet: name, segment: null, rows }, outcome, interval);
  });
}

export const fractionsOf = (groups: GroupCounts[], rates: RateName[]): Fraction[][] =>
  rates.map((rate) => groups.map((group) => RATES[rate].fraction(group)));
