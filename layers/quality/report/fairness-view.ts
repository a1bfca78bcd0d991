import type { FairnessGroup, FairnessSection, RateEntry } from '../contract/outcome-report.ts';
import type { CheckResult, MetricRow, Report } from '../contract/report.ts';

export interface GroupView {
  group: FairnessGroup;
  /** Share of favourable predictions; `baseline` its value then. */
  favourable: RateEntry | null;
  baseline: number | null;
  best: boolean;
  largest: boolean;
  /** The four-fifths rule on it. */
  check: CheckResult | null;
}

export interface FacetView {
  facet: string;
  /** Least favoured first. */
  groups: GroupView[];
  smallestRatio: { value: number; low: number; high: number } | null;
  tooSmall: number;
}

/** The section of fairness as readers meet it. */
export interface FairnessView {
  section: FairnessSection;
  facets: FacetView[];
  /** Every metric of a group or a facet over all rows that its table does not hold. */
  metrics: MetricRow[];
}

/** Null where a report has no such section. */
export function viewFairness(report: Report): FairnessView | null {
  const { fairness: section } = report;
  if (section === undefined) return null;
  const checks = new Map(report.checks.map((check) => [check.id, check]));
  return {
    section,
    facets: section.facets.map(({ facet, groups, best, largest, smallestRatio = null, tooSmall }) => ({
      ...{ facet, smallestRatio, tooSmall },
      groups: groups
        .map((group) => viewGroup(group, section.favourable, { best, largest }, checks.get(`four_fifths/${group.facet}`) ?? null))
        .toSorted((a, b) => (a.favourable?.value ?? 2) - (b.favourable?.value ?? 2)),
    })),
    metrics: report.metrics.filter(
      (row) => row.factor === 'fairness' && row.facet !== null && row.segment === null && !IN_TABLE.has(row.metric),
    ),
  };
}

const IN_TABLE = new Set([
  'selection_rate',
  'base_rate',
  'true_positive_rate',
  'false_positive_rate',
  'precision',
  'accuracy',
  'impact_ratio',
]);

function viewGroup(
  group: FairnessGroup,
  side: FairnessSection['favourable'],
  { best, largest }: { best: string | null; largest: string | null },
  check: CheckResult | null,
): GroupView {
  const then = group.baseline?.selection_rate ?? null;
  return {
    group,
    favourable: favourableOf(group.rates.selection_rate ?? null, side),
    baseline: then === null || side === 'positive' ? then : 1 - then,
    best: group.facet === best,
    largest: group.facet === largest,
    check,
  };
}

/** The share of favourable predictions: of positive ones, or of the others. */
export const favourableOf = (rate: RateEntry | null, side: FairnessSection['favourable']): RateEntry | null =>
  rate === null || side === 'positive' ? rate : { value: 1 - rate.value, low: 1 - rate.high, high: 1 - rate.low, rows: rate.rows };

/** Rates of a group's table beside that of favourable predictions, as the contract and as readers name them, in their order. */
const RATES = [
  ['base_rate', 'Base rate'],
  ['true_positive_rate', 'True positive rate'],
  ['false_positive_rate', 'False positive rate'],
  ['precision', 'Precision'],
  ['accuracy', 'Accuracy'],
] as const;
export type RateWords = (typeof RATES)[number];

/** Those that some group has. */
export const ratesOf = ({ groups }: FacetView): RateWords[] =>
  RATES.filter(([rate]) => groups.some(({ group }) => group.rates[rate] !== undefined));

/** The group least favoured of a facet, among those that are judged; null with fewer than two groups. */
export const leastFavoured = ({ groups }: FacetView): GroupView | null =>
  groups.filter(({ group, best }) => group.impactRatio !== null && !best).toSorted(byRatio)[0] ?? null;

const byRatio = (a: GroupView, b: GroupView): number => a.group.impactRatio!.value - b.group.impactRatio!.value;
