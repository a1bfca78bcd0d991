import type { Judged } from '../checks/verdict.ts';
import { messageOf } from '../checks/words.ts';
import { byColumn } from '../contract/by-column.ts';
import type { Column } from '../contract/columns.ts';
import { digestOf } from '../contract/digest.ts';
import type { CheckResult, MetricRow, Report } from '../contract/report.ts';
import { FACTORS, type Verdict, worst } from '../contract/verdict.ts';
import type { Dataset } from '../dataset/open-dataset.ts';
import type { ColumnCase } from '../diagnosis/evidence.ts';
import { failed, findingsOf } from '../diagnosis/findings.ts';
import type { Baseline } from '../profile/baseline.ts';
import { estimateDistinct } from '../states/bottom-k.ts';
import { STATES_VERSION } from '../states/index.ts';
import { distributionOf } from './distribution.ts';
import type { JudgedOutcomes } from './judge-outcomes.ts';
import type { Sides } from './judge-profiles.ts';
import { requireReport } from './require-report.ts';

export interface ReportParts {
  monitor: string | null;
  dataset: Dataset;
  columns: Column[];
  sides: Sides[];
  baseline: Baseline | null;
  judged: Judged[];
  /** Accuracy and fairness; null where there was nothing to judge them by. */
  outcomes: JudgedOutcomes | null;
  metrics: MetricRow[];
  from: number | null;
  to: number | null;
  notes: string[];
  /** Lines of label files that are no label. */
  rejectedLabels: Report['rejected'];
  falseAlarmRate: number;
  /** The effective configuration, as it decides the result. */
  configuration: unknown;
  version: string;
}

const iso = (seconds: number | null): string | null => (seconds === null ? null : new Date(seconds * 1000).toISOString());

export function assembleReport(parts: ReportParts): Report {
  const { dataset, baseline, judged } = parts;
  const metrics = byColumn(parts.metrics.map((row, place) => ({ ...row, place })));
  const checks = [...unreadableChecks(dataset), ...judged.map((check) => checkResult(check, metrics.get(check.column) ?? []))];
  const sides = new Map(parts.sides.map((side) => [side.column.name, side]));
  const cases = casesOf(parts, sides);
  const findings = [...unreadableFindings(dataset), ...findingsOf(cases)];
  const factors = Object.fromEntries(
    FACTORS.map((factor) => [factor, worst(checks.filter((check) => check.factor === factor).map(({ verdict }) => verdict))]),
  ) as Report['factors'];
  const objects = dataset.files.map(({ uri, sha256, bytes, rows, rejected, error }) => ({
    uri,
    sha256,
    bytes,
    rows,
    rejected,
    ...(error === undefined ? {} : { error }),
  }));
  const report: Report = {
    schema: 'assay.report/1',
    id: reportId(parts),
    kind: 'batch',
    monitor: parts.monitor,
    verdict: worst(Object.values(factors)),
    subject: {
      objects,
      from: iso(parts.from),
      to: iso(parts.to),
      rows: dataset.rows,
      rejected: dataset.rejected,
      columns: dataset.columns.length,
    },
    baseline: baseline && {
      id: baseline.id,
      rows: baseline.profile.rows,
      chunks: baseline.spread.places.length,
      from: iso(baseline.from),
      to: iso(baseline.to),
    },
    factors,
    summary: summarise(checks, findings),
    columns: parts.columns.map((column) => ({ ...column, distribution: pictureOf(sides.get(column.name)) })),
    metrics: parts.metrics,
    checks,
    findings,
    falseAlarms: baseline?.falseAlarms ?? null,
    rejected: [...dataset.rejectedLines.map(({ uri, line, reason }) => ({ uri, line, reason })), ...parts.rejectedLabels].slice(0, 100),
    notes: parts.notes,
    ...(parts.outcomes !== null && { performance: parts.outcomes.performance }),
    ...(parts.outcomes?.fairness !== undefined && { fairness: parts.outcomes.fairness }),
    produced: { assay: parts.version, states: STATES_VERSION },
  };
  return requireReport(report);
}

function reportId({ dataset, configuration, baseline, version }: ReportParts): string {
  const objects = dataset.files.map(({ uri, sha256 }) => [uri, sha256]).sort();
  return digestOf([objects, configuration, baseline?.id ?? null, STATES_VERSION, version]);
}

/** `metrics` are those of its column, with their places in the report. */
function checkResult(check: Judged, metrics: (MetricRow & { place: number })[]): CheckResult {
  const parameters = JSON.stringify(check.parameters ?? {});
  const metric = metrics.find(
    (row) =>
      row.metric === check.metric &&
      row.segment === (check.segment ?? null) &&
      row.facet === (check.facet ?? null) &&
      (check.factor === 'data_quality' || check.factor === 'stability' || JSON.stringify(row.parameters) === parameters),
  );
  return {
    id: check.id,
    factor: check.factor,
    metric: metric?.place ?? null,
    verdict: check.verdict,
    threshold: check.threshold,
    expected: check.measurement?.expected ?? null,
    effect: check.measurement?.effect ?? null,
    pValue: check.measurement?.pValue ?? null,
    adjustedPValue: check.adjustedPValue,
    message: messageOf(check),
    evidence: {},
  };
}

/** Files that could not be read at all are checks in error; the others are judged all the same. */
const unreadableChecks = (dataset: Dataset): CheckResult[] =>
  dataset.files
    .filter((file) => file.error !== undefined)
    .map((file) => ({
      id: `readable/${file.uri}`,
      factor: 'data_quality',
      metric: null,
      verdict: 'error',
      threshold: null,
      expected: null,
      effect: null,
      pValue: null,
      adjustedPValue: null,
      message: `${file.uri}: ${file.error}`,
      evidence: {},
    }));

const unreadableFindings = (dataset: Dataset): Report['findings'] =>
  unreadableChecks(dataset).map(({ id, message }) => ({
    id,
    title: message,
    severity: 'error',
    columns: [],
    segments: [],
    since: null,
    share: null,
    cause: 'unknown',
    checks: [id],
  }));

/** Failing checks by column; each failing table-wide check is a case of its own. */
function casesOf({ judged, columns, outcomes }: ReportParts, sides: Map<string, Sides>): ColumnCase[] {
  const failing = judged.filter(failed);
  const cases: ColumnCase[] = failing
    .filter(({ column }) => column === null)
    .filter(({ subject }) => subject === undefined)
    .map((check) => ({ name: check.id, column: null, checks: [check], current: null, baseline: null, showValues: false }));
  for (const subject of new Set(failing.flatMap((check) => check.subject ?? [])))
    cases.push({
      ...{ name: subject, column: null, current: null, baseline: null, showValues: false },
      checks: failing.filter((check) => check.subject === subject),
    });
  const failingOf = byColumn(failing);
  const order = [...columns.map(({ name }) => name), ...failingOf.keys()];
  for (const name of new Set(order)) {
    const checks = failingOf.get(name) ?? [];
    if (name === null || checks.length === 0) continue;
    const side = sides.get(name);
    cases.push({
      name,
      column: side?.column ?? null,
      checks,
      current: side?.current ?? null,
      baseline: side?.baseline ?? null,
      showValues: side !== undefined && showsValues(side),
      where: outcomes?.where ?? null,
    });
  }
  return cases;
}

/** Values of ids, texts and mostly unique columns are personal data: they are not shown. */
export function showsValues({ column, current, baseline }: Sides): boolean {
  if (column.role === 'id' || column.type === 'text') return false;
  const side = baseline ?? current;
  return (
    side === null ||
    side.distinct === undefined ||
    side.tally.present < 20 ||
    estimateDistinct(side.distinct).distinct <= 0.5 * side.tally.present
  );
}

function pictureOf(side: Sides | undefined): Report['columns'][number]['distribution'] {
  if (side === undefined) return { kind: 'none', bars: [], missing: null };
  return distributionOf(side.column, side.current, side.baseline, showsValues(side));
}

function summarise(checks: CheckResult[], findings: Report['findings']): string {
  const tested = checks.filter(({ verdict }) => verdict !== 'not_applicable').length;
  const count = (verdict: Verdict): number => checks.filter((check) => check.verdict === verdict).length;
  const [errors, failures, warnings] = [count('error'), count('fail'), count('warn')];
  const parts = [
    failures > 0 ? `${failures} of ${tested} checks failed` : `${tested} checks`,
    ...(errors > 0 ? [`${errors} could not be run`] : []),
    ...(warnings > 0 ? [`${warnings} warned`] : []),
  ];
  if (findings.length === 0)
    return tested === 0 ? 'Nothing could be checked.' : tested === 1 ? 'The one check passed.' : `All ${tested} checks passed.`;
  const named = findings.slice(0, 2).map(({ title }) => title);
  const more = findings.length > 2 ? `; and ${findings.length - 2} more` : '';
  return `${parts.join(', ')}: ${named.join('; ')}${more}.`;
}
