import { byColumn } from '../contract/by-column.ts';
import type { CheckResult, ColumnReport, Finding, MetricRow, Report } from '../contract/report.ts';
import { fromJsonNumber } from '../contract/report.ts';
import { FACTORS, type Factor, VERDICTS, type Verdict, worst } from '../contract/verdict.ts';
import { whyAbsent } from './absent.ts';
import { formatCount, plural } from './format.ts';
import { checkName, isOfOutcomes, type Measure, measureOf } from './measures.ts';
import { type Place, placeOf } from './place.ts';
import { FACTOR_WORDS } from './words.ts';

export interface JudgedCheck {
  check: CheckResult;
  metric: MetricRow | null;
  column: string | null;
  measure: Measure;
}

export interface FindingView {
  finding: Finding;
  /** The check that speaks for it: the worst. */
  lead: JudgedCheck | null;
  checks: JudgedCheck[];
  /** Of a finding about the model or a group of rows. */
  place: Place | null;
}

export interface ColumnView {
  column: ColumnReport;
  /** Place in the report: stable, and safe in an address whatever the name is. */
  anchor: string;
  verdict: Verdict;
  checks: JudgedCheck[];
  drift: JudgedCheck | null;
  metrics: MetricRow[];
}

export interface FactorView {
  factor: Factor;
  verdict: Verdict;
  name: string;
  detail: string;
}

/** A report as readers meet it: every reference resolved, everything in the order it is shown. */
export interface ReportView {
  report: Report;
  counts: string;
  checks: JudgedCheck[];
  findings: FindingView[];
  factors: FactorView[];
  columns: ColumnView[];
  tableMetrics: MetricRow[];
}

export function viewReport(report: Report): ReportView {
  const checks = viewChecks(report);
  const byId = new Map(checks.map((each) => [each.check.id, each]));
  const findings = report.findings.map((finding) => {
    const own = finding.checks.flatMap((id) => byId.get(id) ?? []);
    const lead = own[0] ?? null;
    return { finding, checks: own, lead, place: placeOf({ finding, lead }) };
  });
  return {
    report,
    counts: countChecks(report.checks),
    checks,
    findings,
    factors: FACTORS.map((factor) => viewFactor(report, factor)),
    columns: viewColumns(report, checks, findings),
    tableMetrics: report.metrics.filter((row) => row.column === null && !hasSection(report, row)),
  };
}

/** Whether a metric is shown with the model rather than the table. */
const hasSection = ({ performance, fairness }: Report, { factor }: MetricRow): boolean =>
  (factor === 'accuracy' && performance !== undefined) || (factor === 'fairness' && fairness !== undefined);

export const viewChecks = (report: Report): JudgedCheck[] => report.checks.map((check) => judged(report, check));

function judged(report: Report, check: CheckResult): JudgedCheck {
  const metric = check.metric === null ? null : (report.metrics[check.metric] ?? null);
  const name = checkName(check.id);
  const column = metric?.column ?? (check.id === name || isOfOutcomes(check.id) ? null : check.id.slice(name.length + 1));
  return { check, metric, column, measure: measureOf(check, metric) };
}

const count = (checks: CheckResult[], verdict: Verdict): number => checks.filter((check) => check.verdict === verdict).length;

/** "3 of 118 checks failed, 1 warned". */
export function countChecks(checks: CheckResult[]): string {
  const tested = checks.filter(({ verdict }) => verdict !== 'not_applicable');
  if (tested.length === 0) return checks.length === 0 ? 'nothing was judged' : `none of ${plural(checks.length, 'check')} could be judged`;
  const [failed, warned, errors] = [count(checks, 'fail'), count(checks, 'warn'), count(checks, 'error')];
  const parts = [
    failed > 0 ? `${formatCount(failed)} of ${plural(tested.length, 'check')} failed` : null,
    warned > 0 ? `${formatCount(warned)}${failed > 0 ? '' : ` of ${plural(tested.length, 'check')}`} warned` : null,
    errors > 0 ? `${formatCount(errors)} could not run` : null,
  ].filter((part) => part !== null);
  return parts.length > 0
    ? parts.join(', ')
    : tested.length === 1
      ? 'the one check passed'
      : `all ${plural(tested.length, 'check')} passed`;
}

function viewFactor(report: Report, factor: Factor): FactorView {
  const verdict = report.factors[factor];
  const own = report.checks.filter((check) => check.factor === factor);
  return {
    ...{ factor, verdict, name: FACTOR_WORDS[factor].name },
    detail: verdict === 'not_applicable' ? whyAbsent(report, factor) : countChecks(own),
  };
}

function viewColumns(report: Report, checks: JudgedCheck[], findings: FindingView[]): ColumnView[] {
  const place = new Map<string, number>();
  for (const [i, { finding }] of findings.entries()) for (const name of finding.columns) if (!place.has(name)) place.set(name, i);
  const [checksOf, metricsOf] = [byColumn(checks), byColumn(report.metrics)];
  const views = report.columns.map((column, i) => {
    const own = checksOf.get(column.name) ?? [];
    return {
      column,
      anchor: `column-${i + 1}`,
      verdict: worst(own.map(({ check }) => check.verdict)),
      checks: own.toSorted((a, b) => rank(b.check.verdict) - rank(a.check.verdict)),
      drift: own.find(({ check }) => checkName(check.id) === 'drift') ?? null,
      metrics: metricsOf.get(column.name) ?? [],
    };
  });
  const order = (view: ColumnView): number => place.get(view.column.name) ?? Number.POSITIVE_INFINITY;
  return views.toSorted(
    (a, b) => rank(b.verdict) - rank(a.verdict) || compare(order(a), order(b)) || compare(driftRatio(b), driftRatio(a)),
  );
}

const rank = (verdict: Verdict): number => VERDICTS.indexOf(verdict);
const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);

/** How much of its threshold a column's drift uses; -1 where there is none. */
export function driftRatio({ drift }: ColumnView): number {
  const bound = drift?.check.threshold?.fail ?? drift?.check.threshold?.warn;
  return drift == null || bound == null || bound <= 0 || drift.measure.judged === null ? -1 : drift.measure.judged / bound;
}

/** Share of missing values on both sides: of the picture, else of the metrics (now only). */
export function missingOf({ column, metrics }: ColumnView): { current: number; baseline: number | null } | null {
  if (column.distribution.missing !== null) return column.distribution.missing;
  const row = metrics.find(({ metric, segment, facet }) => metric === 'missing_rate' && segment === null && facet === null);
  return row?.value == null ? null : { current: fromJsonNumber(row.value), baseline: null };
}
