import { digestOf } from '../contract/digest.ts';
import { keys } from '../contract/keys.ts';
import { type Finding, type Report, reportSchema } from '../contract/report.ts';
import { failed } from '../diagnosis/findings.ts';
import type { Window } from './audit-parts.ts';
import type { ProcessDependencies } from './dependencies.ts';

/** Windows that are looked back on, at most. */
const MOST_BACK = 30;

/**
 * Since when each finding has been there: the start of the first of the windows of the same length, one before the other without a gap, in which one of
 * its checks warned or failed. Windows that were not audited end the search. Null where the window before was not.
 */
export async function sinceOf(
  deps: ProcessDependencies,
  monitor: string,
  { from, to }: Window,
  findings: Finding[],
): Promise<Map<string, string>> {
  const since = new Map<string, string>();
  let open = findings;
  for (let start = from, back = 0; back < MOST_BACK && open.length > 0; back++) {
    const before = await currentReport(deps, monitor, { from: start - (to - from), to: start });
    if (before === null) break;
    for (const { id } of open) since.set(id, new Date(start).toISOString());
    const failing = new Set(before.checks.filter(failed).map(({ id }) => id));
    open = open.filter(({ checks }) => checks.some((id) => failing.has(id)));
    start -= to - from;
    for (const { id } of open) since.set(id, new Date(start).toISOString());
  }
  return since;
}

/** A report that says since when. What the windows before were found to be is part of what it was made from, and so of its id. */
export function withSince(report: Report, since: Map<string, string>): Report {
  if (since.size === 0) return report;
  const findings = report.findings.map((finding) => ({ ...finding, since: since.get(finding.id) ?? null }));
  return { ...report, id: digestOf([report.id, [...since].sort()]), findings };
}

/** The report of a window that saw most: the most objects, then the most labels, then the greatest id. Null where it was not audited. */
export async function currentReport(
  { store, dataBucket }: ProcessDependencies,
  monitor: string,
  { from, to }: Window,
): Promise<Report | null> {
  const listed = await store.list(dataBucket, keys.reportsAt(monitor, from, 'window'));
  const reports: Report[] = [];
  for (const { key } of listed.filter(({ key }) => key.endsWith('/report.json'))) {
    const found = await store.get(dataBucket, key);
    const report = found === null ? null : reportSchema.safeParse(JSON.parse(found.body.toString('utf8'))).data;
    if (report?.subject.to === new Date(to).toISOString()) reports.push(report);
  }
  return reports.sort(bySeen).at(-1) ?? null;
}

const bySeen = (a: Report, b: Report): number =>
  a.subject.objects.length - b.subject.objects.length || labelledOf(a) - labelledOf(b) || (a.id < b.id ? -1 : 1);

const labelledOf = ({ performance }: Report): number => performance?.rows.labelled ?? 0;
