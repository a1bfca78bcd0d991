import type { PerformanceSection } from '../contract/outcome-report.ts';
import { type CheckResult, fromJsonNumber, type MetricRow, type Report } from '../contract/report.ts';

/** A metric of the model beside what the baseline had and the check on it. */
export interface MetricView {
  row: MetricRow;
  value: number | null;
  interval: [number, number] | null;
  baseline: number | null;
  check: CheckResult | null;
}

export interface SegmentView {
  segment: string;
  rows: number;
  metrics: MetricView[];
}

/** The model's section as readers meet it. */
export interface PerformanceView {
  section: PerformanceSection;
  /** What most readers ask for, in the order it is shown. */
  main: MetricView[];
  /** All others over all rows, but those of estimates. */
  others: MetricView[];
  segments: SegmentView[];
  /** Accuracy of the best constant predictor, or root mean squared error. */
  constant: number | null;
  /** Whether estimates are what there is to go by: most rows have no label. */
  estimated: boolean;
}

const MAIN = [
  'accuracy',
  'balanced_accuracy',
  'precision',
  'recall',
  'specificity',
  'f1',
  'matthews_correlation',
  'roc_auc',
  'average_precision',
  'brier_score',
  'log_loss',
  'expected_calibration_error',
  'mean_absolute_error',
  'root_mean_squared_error',
  'mean_error',
  'mean_absolute_percentage_error',
  'r2',
];

/** Null where a report has no such section. */
export function viewPerformance(report: Report): PerformanceView | null {
  const { performance: section } = report;
  if (section === undefined) return null;
  const checks = new Map(report.checks.flatMap((check) => (check.metric === null ? [] : [[check.metric, check] as const])));
  const then = new Map((section.baseline ?? []).map(({ metric, parameters, value }) => [keyOf(metric, parameters), value]));
  const all = report.metrics.flatMap((row, i) =>
    row.factor === 'accuracy' && row.column === null && row.facet === null ? [viewMetric(row, checks.get(i) ?? null, then)] : [],
  );
  const whole = all.filter(({ row }) => row.segment === null);
  const isMain = ({ row }: MetricView): boolean =>
    MAIN.includes(row.metric) && row.parameters.predictor === undefined && row.parameters.class === undefined && row.value !== null;
  const rank = ({ row }: MetricView): number => MAIN.indexOf(row.metric);
  return {
    section,
    main: whole.filter(isMain).toSorted((a, b) => rank(a) - rank(b)),
    others: whole.filter((each) => !isMain(each) && !isConstant(each) && !each.row.metric.startsWith('estimated_')),
    segments: bySegment(all),
    constant: whole.find(isConstant)?.value ?? null,
    estimated: section.estimates.length > 0 && section.rows.labelled < 0.5 * section.rows.all,
  };
}

const isConstant = ({ row }: MetricView): boolean => row.parameters.predictor !== undefined;

/** What is expected of labels is their share elsewhere, not what it was. */
const expectedOf = (check: CheckResult | null): number | null =>
  check === null || check.id.startsWith('label_coverage') ? null : check.expected;

const keyOf = (metric: string, parameters: MetricRow['parameters']): string => JSON.stringify([metric, parameters]);

function viewMetric(row: MetricRow, check: CheckResult | null, then: Map<string, number>): MetricView {
  return {
    row,
    check,
    value: row.value === null ? null : fromJsonNumber(row.value),
    interval: row.interval === null ? null : [fromJsonNumber(row.interval[0]), fromJsonNumber(row.interval[1])],
    baseline: expectedOf(check) ?? (row.segment === null ? (then.get(keyOf(row.metric, row.parameters)) ?? null) : null),
  };
}

function bySegment(all: MetricView[]): SegmentView[] {
  const found = new Map<string, SegmentView>();
  for (const each of all) {
    const { segment, rows } = each.row;
    if (segment === null) continue;
    const view = found.get(segment) ?? { segment, rows, metrics: [] };
    view.metrics.push(each);
    found.set(segment, view);
  }
  return [...found.values()].toSorted((a, b) => b.rows - a.rows);
}
