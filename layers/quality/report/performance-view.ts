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

/** What is known of some rows: those of a segment, or of a class. */
export interface PartView {
  name: string;
  rows: number;
  metrics: MetricView[];
}

/** The model's section as readers meet it. */
export interface PerformanceView {
  section: PerformanceSection;
  /** What most readers ask for, in the order it is shown. */
  main: MetricView[];
  /** All others over all rows, but those of estimates and of one class. */
  others: MetricView[];
  segments: PartView[];
  /** Of several classes: each against the rest, with the rows it is true of. */
  classes: PartView[];
  /** Accuracy of the best constant predictor, or root mean squared error. */
  constant: number | null;
  /** Whether estimates are what there is to go by: most rows have no label, or those of one prediction fewer than in the baseline. */
  estimated: boolean;
  /** Shares of rows with a label by prediction, the least and the largest, where they lie apart. */
  byPrediction: { prediction: string; share: number }[];
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
  'observed_over_expected',
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
  const estimated = section.estimates.length > 0 && (section.unevenLabels === true || section.rows.labelled < 0.5 * section.rows.all);
  // What is measured of a segment stands without its estimate.
  const isShown = ({ row: { metric } }: MetricView): boolean =>
    !metric.startsWith('estimated_') || (estimated && !metric.endsWith('_error'));
  return {
    section,
    main: whole.filter(isMain).toSorted((a, b) => rank(a) - rank(b)),
    others: whole.filter((each) => !isMain(each) && !isConstant(each) && !isOfClass(each) && !each.row.metric.startsWith('estimated_')),
    segments: partsBy(all.filter(isShown), ({ segment }) => segment),
    classes: classesOf(whole),
    constant: whole.find(isConstant)?.value ?? null,
    byPrediction: apart(whole),
    estimated,
  };
}

/** Points by which shares of labels lie apart enough to say so. */
const APART = 0.1;

function apart(whole: MetricView[]): PerformanceView['byPrediction'] {
  const shares = whole
    .flatMap(({ row: { metric, parameters }, value }) =>
      metric === 'labelled_share' && parameters.prediction !== undefined && value !== null
        ? [{ prediction: String(parameters.prediction), share: value }]
        : [],
    )
    .toSorted((a, b) => a.share - b.share);
  const [least, most] = [shares[0], shares.at(-1)];
  return least !== undefined && most!.share - least.share > APART ? [least, most!] : [];
}

const isOfClass = ({ row }: MetricView): boolean => row.parameters.class !== undefined;
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

function partsBy(all: MetricView[], nameOf: (row: MetricRow) => string | null): PartView[] {
  const found = new Map<string, PartView>();
  for (const each of all) {
    const name = nameOf(each.row);
    if (name === null) continue;
    const view = found.get(name) ?? { name, rows: each.row.rows, metrics: [] };
    view.metrics.push(each);
    found.set(name, view);
  }
  return [...found.values()].toSorted((a, b) => b.rows - a.rows);
}

const OF_CLASS = ['precision', 'recall', 'specificity', 'f1', 'roc_auc', 'average_precision', 'observed_over_expected'];

function classesOf(whole: MetricView[]): PartView[] {
  const parts = partsBy(whole.filter(isOfClass), ({ parameters }) => String(parameters.class));
  const weight = ({ metrics }: PartView): number =>
    metrics.reduce((sum, { row, value }) => sum + (/^(true_positive|false_negative)_count$/.test(row.metric) ? (value ?? 0) : 0), 0);
  const told = (each: MetricView): boolean => OF_CLASS.includes(each.row.metric) && (each.value !== null || each.row.metric === 'recall');
  // The class is the row's name: its metrics go by theirs alone.
  const unnamed = (each: MetricView): MetricView => ({ ...each, row: { ...each.row, parameters: {} } });
  return parts
    .map((part) => ({ name: part.name, rows: Math.round(weight(part)), metrics: part.metrics.filter(told).map(unnamed) }))
    .toSorted((a, b) => b.rows - a.rows);
}
