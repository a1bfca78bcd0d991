import { digestOf } from '../contract/digest.ts';
import { keys } from '../contract/keys.ts';
import type { Finding, Report } from '../contract/report.ts';
import { failed } from '../diagnosis/findings.ts';
import { changeOf, type PastWindow, pastOf } from './audit-change.ts';
import type { Window } from './audit-parts.ts';
import type { ProcessDependencies } from './dependencies.ts';
import { storedReport } from './stored-report.ts';

/** Windows that are looked back on, at most. */
const MOST_BACK = 30;
/** A finding of fewer windows, this one among them, has no level yet: for its sake nothing more is read. */
const LASTING = 3;

export type Trace = Pick<Finding, 'since' | 'change'>;

/**
 * Since when each finding has been there: the start of the first of the windows of the same length, one before the other without a gap, in which one of
 * its checks warned or failed. Windows that were not audited end the search. Null where the window before was not. And for findings that last, whether and when
 * the level of what they are about changed in those windows.
 */
export async function traceFindings(
  deps: ProcessDependencies,
  monitor: string,
  { from, to }: Window,
  report: Report,
): Promise<Map<string, Trace>> {
  const traces = new Map<string, Trace>();
  const past: PastWindow[] = [pastOf(report, from)];
  let open = report.findings;
  let lasting: Finding[] = [];
  const note = (start: number): void => {
    for (const { id } of open) traces.set(id, { since: new Date(start).toISOString() });
  };
  for (let start = from, back = 1; back <= MOST_BACK && open.length + lasting.length > 0; back++) {
    const before = await currentReport(deps, monitor, { from: start - (to - from), to: start });
    if (before === null) break;
    note(start);
    start -= to - from;
    past.unshift(pastOf(before, start));
    const failing = new Set(before.checks.filter(failed).map(({ id }) => id));
    open = open.filter(({ checks }) => checks.some((id) => failing.has(id)));
    note(start);
    if (back === LASTING - 1) lasting = open;
  }
  for (const { id, checks } of lasting) {
    const change = changeOf(past, checks[0]!);
    if (change !== null) traces.set(id, { ...traces.get(id)!, change });
  }
  return traces;
}

/** A report that says since when. What the windows before were found to be is part of what it was made from, and so of its id. */
export function withTraces(report: Report, traces: Map<string, Trace>): Report {
  if (traces.size === 0) return report;
  const findings = report.findings.map((finding) => ({ ...finding, ...traces.get(finding.id) }));
  const since = [...traces].map(([id, trace]) => [id, trace.since]).sort();
  const changes = [...traces].flatMap(([id, { change }]) => (change === undefined ? [] : [[id, change]]));
  return { ...report, id: digestOf([report.id, since, ...(changes.length > 0 ? [changes] : [])]), findings };
}

/** The report of a window that saw most: the most objects, then the most labels, then the greatest id. Null where it was not audited. */
export async function currentReport(deps: ProcessDependencies, monitor: string, { from, to }: Window): Promise<Report | null> {
  const listed = await deps.store.list(deps.dataBucket, keys.reportsAt(monitor, from, 'window'));
  const reports: Report[] = [];
  for (const { key } of listed.filter(({ key }) => key.endsWith('/report.json'))) {
    const report = await storedReport(deps, key);
    if (report?.subject.to === new Date(to).toISOString()) reports.push(report);
  }
  return reports.sort(bySeen).at(-1) ?? null;
}

const bySeen = (a: Report, b: Report): number =>
  a.subject.objects.length - b.subject.objects.length || labelledOf(a) - labelledOf(b) || (a.id < b.id ? -1 : 1);

const labelledOf = ({ performance }: Report): number => performance?.rows.labelled ?? 0;
