import type { CheckResult, Report } from '../contract/report.ts';
import type { Verdict } from '../contract/verdict.ts';
import { checkTypeOf, fairnessCheckOf, performanceMetricOf, splitCheck } from './check-types.ts';
import { compareNumbers, type NumberDifference } from './compare-numbers.ts';
import { compareQuality } from './compare-quality.ts';
import type { Run } from './read-run.ts';
import type { Violations } from './schemas.ts';

type Violation = Violations['violations'][number];

/** One thing that either side looked at. */
export interface Comparison {
  /** Column, or metric of model quality; null where a violation names none. */
  feature: string | null;
  /** Model Monitor's check type; of a check it does not have, Assay's. */
  check: string;
  /** Model Monitor's description; null where it found nothing. */
  modelMonitor: string | null;
  /** Assay's check of the same, the worst where there are several; null where it has none. */
  assay: { id: string; verdict: Verdict; message: string } | null;
}

export interface RunComparison {
  schema: 'assay.comparison/1';
  run: { uri: string; violations: number; rows: number | null };
  report: { id: string; verdict: Verdict; rows: number; failed: number };
  both: Comparison[];
  onlyModelMonitor: Comparison[];
  onlyAssay: Comparison[];
  /** Numbers that differ, where the run's statistics were there to compare. */
  numbers: NumberDifference[] | null;
}

export interface CompareRequest extends Run {
  report: Report;
}

/** A run of Model Monitor beside a report on the same data. What warns is no failure, and is said where only the run found it. */
export function compareRun({ uri, violations, statistics, quality, report }: CompareRequest): RunComparison {
  const theirs = violations.violations.map((violation) => comparisonOf(violation, report));
  const matched = new Set(theirs.flatMap(({ checks }) => checks));
  const failed = report.checks.filter(isFailure);
  return {
    schema: 'assay.comparison/1',
    run: { uri, violations: theirs.length, rows: (statistics ?? quality)?.dataset.item_count ?? null },
    report: { id: report.id, verdict: report.verdict, rows: report.subject.rows, failed: failed.length },
    both: theirs.filter(({ checks }) => checks.some(isFailure)).map(({ comparison }) => comparison),
    onlyModelMonitor: theirs.filter(({ checks }) => !checks.some(isFailure)).map(({ comparison }) => comparison),
    onlyAssay: failed.filter((check) => !matched.has(check)).map(ownComparison),
    numbers: statistics !== null ? compareNumbers(statistics, report) : quality !== null ? compareQuality(quality, report) : null,
  };
}

const isFailure = ({ verdict }: CheckResult): boolean => verdict === 'fail' || verdict === 'error';
const RANK: Verdict[] = ['error', 'fail', 'warn', 'pass', 'not_applicable'];

function comparisonOf(violation: Violation, report: Report): { comparison: Comparison; checks: CheckResult[] } {
  const checks = checksOf(violation, report);
  const [worst] = [...checks].sort((a, b) => RANK.indexOf(a.verdict) - RANK.indexOf(b.verdict));
  return {
    checks,
    comparison: {
      feature: featureOf(violation),
      check: violation.constraint_check_type,
      modelMonitor: violation.description.trim(),
      assay: worst === undefined ? null : shown(worst),
    },
  };
}

function featureOf({ feature_name, metric_name, facet, facet_value, label }: Violation): string | null {
  const group = facet === undefined ? undefined : `${facet}=${facet_value ?? ''}`;
  const of = [metric_name, group ?? label].filter((part) => part !== undefined);
  return feature_name ?? (of.length === 0 ? null : of.join(' of '));
}

/** Assay's checks of what a violation is about. Of columns that are missing or new Model Monitor says how many, not always which. */
function checksOf(violation: Violation, { checks }: Report): CheckResult[] {
  const { feature_name, constraint_check_type: type } = violation;
  const metric = feature_name === undefined ? metricCheckOf(violation) : null;
  if (metric !== null) return checks.filter(({ id }) => id === metric);
  const same = checks.filter(({ id }) => checkTypeOf(splitCheck(id).check) === type);
  const own = same.filter(({ id }) => splitCheck(id).column === feature_name);
  const counted = type === 'missing_column_check' || type === 'extra_column_check';
  return own.length > 0 || !counted ? own : same;
}

/** The check of what a violation of model quality or of bias is about; null where it is about neither, or there is none. */
function metricCheckOf({ metric_name: name, facet, facet_value }: Violation): string | null {
  if (name === undefined) return null;
  if (facet !== undefined) return facet_value === undefined ? null : fairnessCheckOf(name, facet, facet_value);
  const metric = performanceMetricOf(name);
  return metric === null ? null : `performance/${metric}`;
}

function ownComparison(check: CheckResult): Comparison {
  const { check: name, column } = splitCheck(check.id);
  return { feature: column, check: checkTypeOf(name) ?? name, modelMonitor: null, assay: shown(check) };
}

const shown = ({ id, verdict, message }: CheckResult): Comparison['assay'] => ({ id, verdict, message });
