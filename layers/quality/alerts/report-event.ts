import type { ReportEvent } from '../contract/alerts.ts';
import type { Report } from '../contract/report.ts';
import { findingKey } from './subject.ts';

const MOST_FINDINGS = 20;
/** An event may have 256 kB in all. */
const MOST_CHARACTERS = 500;
const MOST_COLUMNS = 5;

/** A report in short, for programs that listen. */
export function reportEvent(report: Report, monitor: string, address: string): ReportEvent {
  const { id, kind, verdict, subject, summary, checks, findings } = report;
  return {
    schema: 'assay.event/1',
    ...{ monitor, report: id, kind, verdict, from: subject.from, to: subject.to },
    ...{ objects: subject.objects.length, rows: subject.rows, failedChecks: failedChecks(checks), summary: cut(summary) },
    findings: findings.slice(0, MOST_FINDINGS).map((finding) => ({
      ...{ finding: findingKey(finding), id: cut(finding.id), title: cut(finding.title), severity: finding.severity, cause: finding.cause },
      ...{ columns: finding.columns.slice(0, MOST_COLUMNS).map(cut), since: finding.since, muted: finding.muted !== undefined },
    })),
    found: findings.length,
    address,
  };
}

export const failedChecks = (checks: Report['checks']): number =>
  checks.filter(({ verdict }) => verdict === 'fail' || verdict === 'error').length;

const cut = (text: string): string => (text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS - 1)}…`);
