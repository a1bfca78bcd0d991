import type { Monitor } from '../contract/monitor.ts';
import { borderBefore, parseDuration, parseWindow } from './audit-calendar.ts';
import type { Window } from './audit-parts.ts';
import { auditWindow } from './audit-window.ts';
import type { ProcessDependencies } from './dependencies.ts';
import { labelDelayOf, monitorToAudit, reportsOn } from './monitors.ts';

/** How often it is asked what is due. */
const PERIOD = 3_600_000;
const DEFAULT_LATENESS = 'PT15M';

/** What to audit of a monitor: the windows due at a time, or the last of a length. */
export interface DueRequest {
  /** Milliseconds since the epoch. */
  time: number;
  monitor: string;
  /** The last window of this length that had ended, whether the monitor has such windows or not. */
  window?: string;
}

export interface AuditOutcome {
  monitor: string;
  from: string;
  to: string;
  verdict: string;
  /** Key of report.json. */
  report: string;
}

/** The windows a monitor names, else those it reports by, or a day where labels are to come. Of a monitor nothing arrives for, none. */
export function windowsOf(monitor: Monitor): string[] {
  const { windows, input, labels } = monitor;
  if (windows !== undefined || input?.location === undefined) return windows ?? [];
  if (reportsOn(monitor) === 'window') return ['1h', '1d'];
  return labels === undefined ? [] : ['1d'];
}

/** Windows that ended within the hour before `time`, less the lateness; and once more when their labels should have come. */
export function windowsDue(monitor: Monitor, time: number): Window[] {
  const lateness = latenessOf(monitor);
  const delay = labelDelayOf(monitor);
  const due = new Map<string, Window>();
  for (const length of windowsOf(monitor))
    for (const ended of new Set([time - lateness, time - lateness - delay])) {
      const window = lastWindow(length, ended, monitor);
      if (ended - window.to < PERIOD) due.set(`${window.from}-${window.to}`, window);
    }
  return [...due.values()].sort((a, b) => a.to - b.to || b.from - a.from);
}

const latenessOf = ({ lateness }: Monitor): number => parseDuration(lateness ?? DEFAULT_LATENESS, 'lateness');

function lastWindow(length: string, time: number, { timeZone = 'UTC' }: Monitor): Window {
  const parsed = parseWindow(length);
  const to = borderBefore(parsed, time, timeZone);
  return { from: borderBefore(parsed, to - 1, timeZone), to };
}

/** Audits what is due of a monitor, here and now, for whoever waits for it. */
export async function auditDue(deps: ProcessDependencies, { time, monitor, window }: DueRequest): Promise<AuditOutcome[]> {
  const configured = await monitorToAudit(deps, monitor);
  const due = window === undefined ? windowsDue(configured, time) : [lastWindow(window, time - latenessOf(configured), configured)];
  const audited: AuditOutcome[] = [];
  for (const each of due) audited.push(await auditOne(deps, monitor, each));
  return audited;
}

/** One window, and what came of it in short. */
export async function auditOne(deps: ProcessDependencies, monitor: string, { from, to }: Window): Promise<AuditOutcome> {
  const { report, key } = await auditWindow(deps, { monitor, from, to });
  const iso = (time: number): string => new Date(time).toISOString();
  return { monitor, from: iso(from), to: iso(to), verdict: report.verdict, report: key };
}
