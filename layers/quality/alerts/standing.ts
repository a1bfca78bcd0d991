import type { Finding, Report } from '../contract/report.ts';
import { VERDICTS, type Verdict } from '../contract/verdict.ts';
import { subjectOf } from './subject.ts';

export type Standing = 'failing' | 'passing' | 'unknown';

/** Checks that a report has only where they fail: without them all is well. */
const ONLY_FAILING = ['missing_column', 'extra_column', 'readable', 'row_count'];
const isOnlyFailing = (id: string): boolean => ONLY_FAILING.includes(id.split('/')[0]!) || /^four_fifths\/.*: other values$/.test(id);

/** Alerts are about what fails or cannot be run; a warning wakes nobody. */
const atLeastFail = (verdict: Verdict): boolean => VERDICTS.indexOf(verdict) >= VERDICTS.indexOf('fail');

/** The findings of a report that are reason for an alert, in its order, one for each subject. */
export function failingOf({ findings }: Pick<Report, 'findings'>): Map<string, Finding> {
  const failing = new Map<string, Finding>();
  for (const finding of findings) {
    const subject = subjectOf(finding);
    if (atLeastFail(finding.severity) && !failing.has(subject)) failing.set(subject, finding);
  }
  return failing;
}

/**
 * How a report sees something that failed before, by the checks that failed then. That nothing is said of it is no recovery: labels may not have come yet,
 * or rows be too few.
 */
export function standingOf(report: Pick<Report, 'findings' | 'checks' | 'subject'>, subject: string, failed: readonly string[]): Standing {
  if (failingOf(report).has(subject)) return 'failing';
  if (report.subject.rows === 0) return 'unknown';
  const now = report.checks.filter(({ id }) => failed.includes(id));
  if (now.some(({ verdict }) => verdict === 'pass' || verdict === 'warn')) return 'passing';
  const expected = failed.filter((id) => !isOnlyFailing(id));
  return expected.length === 0 ? 'passing' : 'unknown';
}
